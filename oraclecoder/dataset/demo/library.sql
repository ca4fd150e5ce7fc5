-- A town library with several branches: titles and their copies, members, loans and fines.
CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY,
  branch_name TEXT NOT NULL,
  address TEXT,
  opened_year INTEGER,
  floor_area REAL
);
CREATE TABLE titles (
  title_id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author TEXT,
  language TEXT NOT NULL,
  publication_year INTEGER,
  min_age INTEGER
);
CREATE TABLE subjects (
  subject_id INTEGER PRIMARY KEY,
  subject_name TEXT NOT NULL,
  shelf_code TEXT
);
CREATE TABLE title_subjects (
  title_id INTEGER NOT NULL,
  subject_id INTEGER NOT NULL,
  PRIMARY KEY (title_id, subject_id),
  FOREIGN KEY (title_id) REFERENCES titles(title_id),
  FOREIGN KEY (subject_id) REFERENCES subjects(subject_id)
);
CREATE TABLE copies (
  copy_id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  acquired DATE NOT NULL,
  condition TEXT,
  FOREIGN KEY (title_id) REFERENCES titles(title_id),
  FOREIGN KEY (branch_id) REFERENCES branches(branch_id)
);
CREATE TABLE members (
  member_id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  home_branch_id INTEGER,
  membership_type TEXT NOT NULL,
  join_date DATE NOT NULL,
  phone TEXT,
  FOREIGN KEY (home_branch_id) REFERENCES branches(branch_id)
);
CREATE TABLE loans (
  loan_id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  loan_date DATE NOT NULL,
  due_date DATE NOT NULL,
  return_date DATE,
  renewals INTEGER NOT NULL,
  FOREIGN KEY (copy_id) REFERENCES copies(copy_id),
  FOREIGN KEY (member_id) REFERENCES members(member_id)
);
CREATE TABLE fines (
  fine_id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL,
  amount DECIMAL(6,2) NOT NULL,
  reason TEXT NOT NULL,
  paid_date DATE,
  FOREIGN KEY (loan_id) REFERENCES loans(loan_id)
);

INSERT INTO branches VALUES
(1, 'Central', '1 Market Square', 1908, 2450.0),
(2, 'Riverside', '44 Mill Lane', 1967, 820.5),
(3, 'Hilltop', '9 Beacon Road', 1982, 610.0),
(4, 'Station', '2 Platform Street', 2014, 390.5),
(5, 'Northfields', '120 Long Drive', 1975, 705.0),
(6, 'Harbour', NULL, 2019, 275.0),
(7, 'Old Abbey', '3 Cloister Walk', 1931, 540.0),
(8, 'Mobile Van', NULL, NULL, NULL);

INSERT INTO titles VALUES
(1, 'The Beekeeper of Arden', 'Nora Feldt', 'English', 1998, NULL),
(2, 'Gardens in Small Spaces', 'Piers Holloway', 'English', 2012, NULL),
(3, 'Der stille Fluss', 'Marta Engel', 'German', 1987, NULL),
(4, 'Captain Biscuit at Sea', 'Lottie Frame', 'English', 2016, 4),
(5, 'Captain Biscuit and the Whale', 'Lottie Frame', 'English', 2018, 4),
(6, 'A Short History of Bridges', 'Edwin Carr', 'English', 2005, NULL),
(7, 'Stars for Beginners', 'Sunita Rao', 'English', 2020, 10),
(8, 'Le jardin perdu', 'Claire Aubin', 'French', 1994, NULL),
(9, 'The Iron Ledger', 'Nora Feldt', 'English', 2003, 16),
(10, 'Soup for Sunday', 'Greta Holm', 'English', 2015, NULL),
(11, 'Steam and Rail', 'Edwin Carr', 'English', 1979, NULL),
(12, 'The Cartographer''s Son', 'Amit Desai', 'English', 2009, 12),
(13, 'Mushrooms of the North', NULL, 'English', 2001, NULL),
(14, 'Winterlied', 'Marta Engel', 'German', 1991, 14),
(15, 'Counting with Crows', 'Lottie Frame', 'English', 2021, 3),
(16, 'Cuentos de la lluvia', 'Pilar Soto', 'Spanish', 2011, NULL),
(17, 'Building a Dry Stone Wall', NULL, 'English', 1985, NULL),
(18, 'The Midnight Signalman', 'Amit Desai', 'English', 2017, 16);

INSERT INTO subjects VALUES
(1, 'Fiction', 'F'),
(2, 'Gardening', 'G2'),
(3, 'History', 'H1'),
(4, 'Engineering', 'E4'),
(5, 'Picture Books', 'K1'),
(6, 'Astronomy', 'S7'),
(7, 'Cooking', 'C3'),
(8, 'Nature', 'N2'),
(9, 'Mystery', 'F'),
(10, 'Law', NULL);

INSERT INTO title_subjects VALUES
(1, 1), (1, 8), (2, 2), (3, 1), (4, 1), (4, 5), (5, 1), (5, 5), (6, 3), (6, 4),
(7, 6), (8, 1), (8, 2), (9, 1), (9, 9), (10, 7), (11, 3), (11, 4), (12, 1), (12, 3),
(13, 8), (13, 7), (14, 1), (14, 9), (15, 5), (16, 1), (17, 2), (17, 4), (18, 1), (18, 9), (9, 3);

INSERT INTO copies VALUES
(1, 1, 1, '2010-03-02', 'good'),
(2, 1, 2, '2012-06-15', 'worn'),
(3, 2, 1, '2013-01-20', 'good'),
(4, 3, 1, '1999-09-09', 'worn'),
(5, 4, 1, '2016-11-30', 'fair'),
(6, 4, 3, '2017-02-14', 'worn'),
(7, 4, 4, '2019-05-06', 'good'),
(8, 5, 2, '2018-12-01', 'good'),
(9, 6, 1, '2006-04-18', 'fair'),
(10, 7, 3, '2020-10-10', 'new'),
(11, 7, 6, '2021-08-23', 'new'),
(12, 8, 1, '2001-07-07', 'worn'),
(13, 9, 2, '2004-02-27', 'fair'),
(14, 9, 5, '2005-03-19', 'good'),
(15, 10, 5, '2015-12-12', 'good'),
(16, 11, 7, '1990-05-05', 'worn'),
(17, 12, 1, '2010-08-30', 'good'),
(18, 12, 3, '2011-01-11', NULL),
(19, 13, 7, '2002-10-03', 'fair'),
(20, 14, 1, '1996-06-21', 'fair'),
(21, 15, 4, '2021-11-15', 'new'),
(22, 15, 2, '2021-11-15', 'new'),
(23, 16, 6, '2020-03-03', 'good'),
(24, 18, 1, '2018-04-04', 'good'),
(25, 18, 5, '2018-04-04', NULL);

INSERT INTO members VALUES
(1, 'Agnes', 'Thornbury', 1, 'adult', '2015-04-12', '555-0141'),
(2, 'Bilal', 'Qureshi', 2, 'adult', '2018-09-03', '555-0187'),
(3, 'Cora', 'Jameson', 1, 'child', '2021-01-15', NULL),
(4, 'Dieter', 'Haas', 3, 'senior', '2009-06-30', '555-0112'),
(5, 'Elsie', 'Pope', 2, 'senior', '2006-02-11', NULL),
(6, 'Farid', 'Nasser', 4, 'student', '2022-10-01', '555-0159'),
(7, 'Gemma', 'Thornbury', 1, 'child', '2020-08-19', '555-0141'),
(8, 'Hugo', 'Lindgren', 5, 'adult', '2019-03-27', '555-0133'),
(9, 'Isla', 'McBride', 4, 'student', '2022-10-05', NULL),
(10, 'Jakub', 'Wolski', 6, 'adult', '2020-12-09', '555-0170'),
(11, 'Keiko', 'Mori', 1, 'adult', '2017-05-22', '555-0126'),
(12, 'Leonard', 'Pope', 2, 'senior', '2006-02-11', '555-0101'),
(13, 'Maeve', 'Sullivan', NULL, 'student', '2023-02-08', '555-0195'),
(14, 'Nils', 'Berg', 5, 'child', '2022-07-14', NULL),
(15, 'Olga', 'Petrenko', 1, 'adult', '2022-04-20', '555-0166'),
(16, 'Percy', 'Adair', NULL, 'adult', '2023-06-06', NULL);

INSERT INTO loans VALUES
(1, 1, 1, '2022-01-08', '2022-01-29', '2022-01-27', 0),
(2, 5, 3, '2022-01-15', '2022-02-05', '2022-02-12', 1),
(3, 9, 4, '2022-02-03', '2022-02-24', '2022-02-24', 0),
(4, 13, 2, '2022-02-19', '2022-03-12', '2022-04-02', 2),
(5, 17, 11, '2022-03-05', '2022-03-26', '2022-03-20', 0),
(6, 3, 1, '2022-03-30', '2022-04-20', '2022-04-18', 0),
(7, 8, 5, '2022-04-11', '2022-05-02', '2022-05-01', 1),
(8, 10, 4, '2022-05-16', '2022-06-06', '2022-06-20', 0),
(9, 24, 15, '2022-06-01', '2022-06-22', '2022-06-21', 0),
(10, 5, 7, '2022-06-18', '2022-07-09', '2022-07-05', 0),
(11, 15, 8, '2022-07-07', '2022-07-28', '2022-07-28', 1),
(12, 20, 11, '2022-08-13', '2022-09-03', '2022-10-01', 3),
(13, 2, 12, '2022-09-02', '2022-09-23', '2022-09-19', 0),
(14, 21, 6, '2022-10-08', '2022-10-29', '2022-10-25', 0),
(15, 22, 2, '2022-11-12', '2022-12-03', '2022-12-10', 1),
(16, 1, 11, '2022-12-03', '2022-12-24', '2022-12-23', 0),
(17, 11, 10, '2023-01-14', '2023-02-04', '2023-02-01', 0),
(18, 17, 1, '2023-01-28', '2023-02-18', '2023-03-11', 2),
(19, 24, 2, '2023-02-25', '2023-03-18', '2023-03-15', 0),
(20, 7, 9, '2023-03-18', '2023-04-08', '2023-04-05', 0),
(21, 14, 8, '2023-04-22', '2023-05-13', '2023-05-27', 1),
(22, 5, 3, '2023-05-06', '2023-05-27', '2023-05-26', 0),
(23, 23, 10, '2023-06-10', '2023-07-01', NULL, 2),
(24, 9, 11, '2023-07-15', '2023-08-05', NULL, 0),
(25, 10, 14, '2023-08-05', '2023-08-26', NULL, 1);

INSERT INTO fines VALUES
(1, 2, 1.40, 'late', '2022-02-12'),
(2, 4, 4.20, 'late', '2022-04-02'),
(3, 4, 6.50, 'damage', NULL),
(4, 8, 2.80, 'late', '2022-07-15'),
(5, 12, 5.60, 'late', '2022-10-01'),
(6, 15, 1.40, 'late', '2022-12-10'),
(7, 18, 4.20, 'late', NULL),
(8, 21, 2.80, 'late', '2023-05-27'),
(9, 10, 3.00, 'damage', '2022-07-05'),
(10, 23, 18.00, 'lost', NULL),
(11, 13, 8.25, 'damage', '2022-09-30');
