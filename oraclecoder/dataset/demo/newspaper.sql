-- A regional weekly newspaper: its journalists and sections, the issues printed, the articles with their authors, and the readers with their subscriptions.
CREATE TABLE journalists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position TEXT NOT NULL,
  hired_on DATE NOT NULL,
  monthly_salary DECIMAL(8,2),
  mentor_id INTEGER,
  FOREIGN KEY (mentor_id) REFERENCES journalists(id)
);

CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  editor_id INTEGER,
  floor INTEGER NOT NULL,
  FOREIGN KEY (editor_id) REFERENCES journalists(id)
);

CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  issue_number INTEGER NOT NULL,
  published_on DATE NOT NULL,
  pages INTEGER NOT NULL,
  copies_printed INTEGER NOT NULL,
  copies_sold INTEGER
);

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL,
  section_id INTEGER NOT NULL,
  issue_id INTEGER NOT NULL,
  word_count INTEGER NOT NULL,
  page INTEGER NOT NULL,
  photo_credit TEXT,
  FOREIGN KEY (section_id) REFERENCES sections(id),
  FOREIGN KEY (issue_id) REFERENCES issues(id)
);

CREATE TABLE article_authors (
  article_id INTEGER NOT NULL,
  journalist_id INTEGER NOT NULL,
  contribution TEXT NOT NULL,
  PRIMARY KEY (article_id, journalist_id),
  FOREIGN KEY (article_id) REFERENCES articles(id),
  FOREIGN KEY (journalist_id) REFERENCES journalists(id)
);

CREATE TABLE readers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  town TEXT NOT NULL,
  birth_year INTEGER,
  email TEXT
);

CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
  reader_id INTEGER NOT NULL,
  plan TEXT NOT NULL,
  started_on DATE NOT NULL,
  cancelled_on DATE,
  monthly_price DECIMAL(5,2) NOT NULL,
  FOREIGN KEY (reader_id) REFERENCES readers(id)
);

INSERT INTO journalists VALUES
(1, 'Agnes Holloway', 'editor', '2003-09-01', 4850.00, NULL),
(2, 'Ben Tiernan', 'senior reporter', '2009-02-16', 3900.00, 1),
(3, 'Carmen Duarte', 'editor', '2007-05-07', 4600.00, 1),
(4, 'Dimitri Lasko', 'reporter', '2016-10-03', 2950.00, 2),
(5, 'Elin Berg', 'reporter', '2018-03-12', 2800.00, 2),
(6, 'Femi Akande', 'senior reporter', '2011-08-22', 3750.00, 3),
(7, 'Gwen Pritchard', 'columnist', '2014-01-06', NULL, NULL),
(8, 'Hugo Salvat', 'photographer', '2013-06-17', 2700.00, 3),
(9, 'Iris Neumann', 'trainee', '2023-09-04', 1650.00, 6),
(10, 'Jakob Wells', 'trainee', '2023-09-04', 1650.00, 4),
(11, 'Keiko Mori', 'editor', '2010-11-15', 4400.00, NULL),
(12, 'Liam Foyle', 'columnist', '2020-04-20', NULL, NULL);

INSERT INTO sections VALUES
(1, 'Local News', 1, 2),
(2, 'Politics', 1, 2),
(3, 'Business', 3, 3),
(4, 'Sport', 11, 1),
(5, 'Culture', 3, 3),
(6, 'Opinion', NULL, 2),
(7, 'Gardening', NULL, 1),
(8, 'Travel', 11, 3);

INSERT INTO issues VALUES
(1, 1180, '2023-11-03', 32, 14000, 11850),
(2, 1181, '2023-11-10', 32, 14000, 12100),
(3, 1182, '2023-11-17', 28, 13500, 10900),
(4, 1183, '2023-11-24', 36, 14500, 13250),
(5, 1184, '2023-12-01', 40, 15000, 13980),
(6, 1185, '2023-12-08', 32, 14000, 12400),
(7, 1186, '2023-12-15', 44, 16000, 15120),
(8, 1187, '2024-01-05', 28, 13500, 11200),
(9, 1188, '2024-01-12', 32, 13500, NULL);

INSERT INTO articles VALUES
(1, 'Bridge closure splits the old town', 1, 1, 820, 1, 'Hugo Salvat'),
(2, 'Council votes on bus fares', 2, 1, 640, 3, NULL),
(3, 'Bakery chain opens fifth shop', 3, 1, 450, 12, 'Hugo Salvat'),
(4, 'Rovers lose at home again', 4, 1, 510, 28, 'Nadia Klose'),
(5, 'Flood wall finally approved', 1, 2, 930, 1, 'Hugo Salvat'),
(6, 'Choir of eighty fills the station', 5, 2, 700, 18, 'Nadia Klose'),
(7, 'Why our parks need benches', 6, 2, 580, 8, NULL),
(8, 'Mayor under fire over school budget', 2, 3, 1120, 1, 'Hugo Salvat'),
(9, 'Cycling club rides for charity', 4, 3, 390, 26, NULL),
(10, 'Sawmill to cut forty jobs', 3, 4, 980, 1, 'Hugo Salvat'),
(11, 'A painter of empty rooms', 5, 4, 1240, 20, 'Hugo Salvat'),
(12, 'Stop blaming the young', 6, 4, 610, 8, NULL),
(13, 'Rovers sack coach', 4, 4, 720, 30, 'Nadia Klose'),
(14, 'Hospital car park row goes to court', 1, 5, 860, 4, NULL),
(15, 'Election: who stands where', 2, 5, 1850, 6, 'Agency'),
(16, 'Three winter walks by the lake', 8, 5, 1100, 32, 'Elin Berg'),
(17, 'Market traders fear new rent', 3, 6, 760, 10, 'Hugo Salvat'),
(18, 'Theatre roof fund hits target', 5, 6, 430, 22, NULL),
(19, 'The year in pictures', 1, 7, 350, 1, 'Hugo Salvat'),
(20, 'Council debt explained', 2, 7, 1410, 5, NULL),
(21, 'New coach, new hope for Rovers', 4, 7, 890, 38, 'Nadia Klose'),
(22, 'Letters I never answered', 6, 7, 670, 9, NULL),
(23, 'Storm fells two hundred trees', 1, 8, 790, 1, 'Hugo Salvat'),
(24, 'Jazz in the laundrette', 5, 8, 560, 19, 'Agency'),
(25, 'Bus fares: the bill comes due', 2, 9, 1030, 2, NULL);

INSERT INTO article_authors VALUES
(1, 2, 'lead'), (1, 4, 'research'), (2, 6, 'lead'), (3, 5, 'lead'), (4, 4, 'lead'),
(5, 2, 'lead'), (5, 9, 'research'), (6, 5, 'lead'), (7, 7, 'lead'), (8, 6, 'lead'),
(8, 2, 'interviews'), (8, 10, 'research'), (9, 4, 'lead'), (10, 2, 'lead'), (10, 5, 'interviews'),
(11, 3, 'lead'), (12, 12, 'lead'), (13, 4, 'lead'), (14, 5, 'lead'), (14, 9, 'research'),
(15, 6, 'lead'), (15, 2, 'research'), (15, 4, 'research'), (15, 9, 'research'), (16, 5, 'lead'),
(17, 10, 'lead'), (17, 6, 'interviews'), (18, 9, 'lead'), (20, 6, 'lead'), (20, 3, 'interviews'),
(21, 4, 'lead'), (22, 7, 'lead'), (23, 2, 'lead'), (23, 10, 'interviews'), (24, 5, 'lead'),
(25, 6, 'lead'), (25, 2, 'interviews');

INSERT INTO readers VALUES
(1, 'Marjorie Teal', 'Elmsworth', 1948, NULL),
(2, 'Arun Pillai', 'Elmsworth', 1982, 'arun.p@post.example'),
(3, 'Colette Renard', 'Harrow Cross', 1975, 'colette@post.example'),
(4, 'Stan Bickle', 'Nether Wick', 1959, NULL),
(5, 'Olga Pavlik', 'Harrow Cross', 1990, 'opavlik@post.example'),
(6, 'Desmond Achebe', 'Elmsworth', 1967, 'desmond@post.example'),
(7, 'Tess Lindley', 'Lakeside', 2001, 'tess.l@post.example'),
(8, 'Gerald Moss', 'Nether Wick', NULL, NULL),
(9, 'Priya Nair', 'Lakeside', 1988, 'priya@post.example'),
(10, 'Walter Hume', 'Elmsworth', 1941, NULL),
(11, 'Zoe Carrick', 'Harrow Cross', 1996, 'zoe.c@post.example'),
(12, 'Henry Oduya', 'Stoneford', NULL, 'henry@post.example'),
(13, 'Ruth Balint', 'Lakeside', 1971, 'ruthb@post.example');

INSERT INTO subscriptions VALUES
(1, 1, 'print', '2009-05-01', NULL, 14.50),
(2, 2, 'digital', '2021-03-15', NULL, 7.90),
(3, 3, 'print', '2018-01-10', '2021-12-31', 13.00),
(4, 3, 'combined', '2022-01-01', NULL, 17.90),
(5, 4, 'print', '2012-10-01', NULL, 14.50),
(6, 5, 'digital', '2022-06-20', '2023-06-19', 7.90),
(7, 6, 'combined', '2020-02-01', NULL, 16.50),
(8, 7, 'digital', '2023-09-01', NULL, 4.50),
(9, 8, 'print', '2015-07-01', '2022-03-31', 13.00),
(10, 9, 'weekend', '2021-11-05', '2023-01-31', 6.00),
(11, 9, 'digital', '2023-02-01', NULL, 7.90),
(12, 10, 'print', '2004-04-01', NULL, 14.50),
(13, 11, 'weekend', '2023-05-12', NULL, 6.50),
(14, 2, 'weekend', '2019-08-01', '2021-03-14', 5.50),
(15, 13, 'combined', '2023-01-15', NULL, 17.90),
(16, 6, 'print', '2011-01-01', '2020-01-31', 12.00);
