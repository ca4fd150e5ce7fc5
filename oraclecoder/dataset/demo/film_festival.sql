-- One edition of a film festival: the films and their directors, the screenings in its venues, the juries and the awards they give.
CREATE TABLE directors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT,
  birth_year INTEGER,
  debut_year INTEGER
);

CREATE TABLE films (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  genre TEXT,
  country TEXT,
  language TEXT,
  release_year INTEGER,
  minutes INTEGER,
  budget DECIMAL(5,1)
);

CREATE TABLE film_directors (
  film_id INTEGER NOT NULL,
  director_id INTEGER NOT NULL,
  PRIMARY KEY (film_id, director_id),
  FOREIGN KEY (film_id) REFERENCES films (id),
  FOREIGN KEY (director_id) REFERENCES directors (id)
);

CREATE TABLE venues (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  district TEXT,
  seats INTEGER,
  opened_year INTEGER,
  owner TEXT
);

CREATE TABLE screenings (
  id INTEGER PRIMARY KEY,
  film_id INTEGER NOT NULL,
  venue_id INTEGER NOT NULL,
  screening_date DATE NOT NULL,
  start_time TEXT,
  ticket_price DECIMAL(5,2),
  tickets_sold INTEGER,
  host TEXT,
  FOREIGN KEY (film_id) REFERENCES films (id),
  FOREIGN KEY (venue_id) REFERENCES venues (id)
);

CREATE TABLE juries (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  meeting_venue_id INTEGER,
  expenses DECIMAL(8,2),
  FOREIGN KEY (meeting_venue_id) REFERENCES venues (id)
);

CREATE TABLE jurors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  profession TEXT,
  country TEXT,
  jury_id INTEGER,
  role TEXT,
  FOREIGN KEY (jury_id) REFERENCES juries (id)
);

CREATE TABLE awards (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  jury_id INTEGER,
  film_id INTEGER,
  prize_money DECIMAL(8,2),
  FOREIGN KEY (jury_id) REFERENCES juries (id),
  FOREIGN KEY (film_id) REFERENCES films (id)
);

INSERT INTO directors VALUES
  (1, 'Leila Benhaddou', 'Morocco', 1978, 2006),
  (2, 'Haruki Onodera', 'Japan', 1969, 1998),
  (3, 'Kari Nystad', 'Norway', 1985, 2015),
  (4, 'Joana Prado', 'Brazil', 1990, 2019),
  (5, 'Edmund Thorley', 'United Kingdom', 1972, 2003),
  (6, 'Silvio Marchetti', 'Italy', 1958, 1989),
  (7, 'Agnieszka Wrona', 'Poland', 1981, 2012),
  (8, 'Dieter Falk', 'Germany', 1976, 2008),
  (9, 'Renata Oss', 'Germany', 1988, NULL),
  (10, 'Pilar Quintero', 'Argentina', 1967, 1999),
  (11, 'Camille Derrien', 'France', 1995, NULL),
  (12, 'Noah Tremblay', 'Canada', 1983, 2013),
  (13, 'Aiko Minami', 'Japan', 1992, NULL),
  (14, 'Wanjiru Otieno', 'Kenya', 1986, 2018),
  (15, 'Odile Gagnon', 'Canada', 1974, 2005),
  (16, 'Ingmar Sletten', 'Norway', 1961, 1992);

INSERT INTO films VALUES
  (1, 'The Salt Road', 'drama', 'Morocco', 'Arabic', 2023, 112, 2.4),
  (2, 'Paper Lanterns', 'drama', 'Japan', 'Japanese', 2024, 98, 3.1),
  (3, 'Night Bus to Vardo', 'comedy', 'Norway', 'Norwegian', 2024, 91, 1.8),
  (4, 'What the River Keeps', 'documentary', 'Brazil', 'Portuguese', 2023, 84, 0.6),
  (5, 'Glass Orchard', 'thriller', 'United Kingdom', 'English', 2024, 107, 5.2),
  (6, 'My Uncle''s Orchestra', 'comedy', 'Italy', 'Italian', 2023, 102, 2.9),
  (7, 'Cold Harvest', 'drama', 'Poland', 'Polish', 2024, 124, 2.4),
  (8, 'Third Shift', 'documentary', 'Germany', 'German', 2024, 77, 0.4),
  (9, 'The Mapmaker of Salta', 'drama', 'Argentina', 'Spanish', 2022, 131, 3.6),
  (10, 'Small Loud Hours', 'animation', 'France', 'French', 2024, 15, NULL),
  (11, 'Wolves of Winter Street', 'thriller', 'Canada', 'English', 2023, 99, 4.7),
  (12, 'Tin Birds', 'animation', 'Japan', 'Japanese', 2024, 12, NULL),
  (13, 'A Field Without Fences', 'documentary', 'Kenya', 'Swahili', 2024, 89, 0.5),
  (14, 'Sundays at Marta''s', 'comedy', 'Argentina', 'Spanish', 2024, 95, 1.2),
  (15, 'The Last Projectionist', 'documentary', 'Italy', 'Italian', 2022, 81, NULL),
  (16, 'Blue Static', 'animation', 'Canada', 'English', 2023, 74, 2.0),
  (17, 'Hollow Tide', 'thriller', 'Norway', 'Norwegian', 2024, 110, 3.9);

INSERT INTO film_directors VALUES
  (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (8, 9), (9, 10), (10, 11), (11, 12),
  (12, 13), (12, 2), (13, 14), (13, 4), (14, 10), (14, 4), (15, 6), (16, 15), (16, 12), (17, 3);

INSERT INTO venues VALUES
  (1, 'Palace Cinema', 'Old Town', 620, 1927, 'City Council'),
  (2, 'Rex', 'Old Town', 210, 1954, 'Rex Brothers'),
  (3, 'Harbour Hall', 'Docklands', 480, 2011, 'City Council'),
  (4, 'Studio Nine', 'University', 95, 1988, 'Film School'),
  (5, 'Lumen', 'Docklands', 150, 2019, NULL),
  (6, 'Garden Screen', 'Riverside', 350, 2015, 'City Council'),
  (7, 'The Attic', 'University', 60, 2003, NULL),
  (8, 'Museum Theatre', 'Riverside', 180, 1972, 'City Museum');

INSERT INTO screenings VALUES
  (1, 5, 1, '2024-09-12', '19:30', 14.00, 598, 'Mira Lowell'),
  (2, 1, 1, '2024-09-13', '18:00', 12.00, 431, 'Mira Lowell'),
  (3, 2, 3, '2024-09-13', '20:15', 12.00, 377, NULL),
  (4, 3, 2, '2024-09-13', '21:00', 10.00, 188, 'Jonas Prewitt'),
  (5, 8, 4, '2024-09-13', '16:00', 8.00, 62, 'Tanja Rusk'),
  (6, 10, 7, '2024-09-13', '17:30', 6.50, 41, NULL),
  (7, 12, 7, '2024-09-13', '18:30', 6.50, 55, NULL),
  (8, 6, 1, '2024-09-14', '15:00', 10.00, 502, 'Mira Lowell'),
  (9, 7, 3, '2024-09-14', '18:30', 12.00, 295, NULL),
  (10, 4, 5, '2024-09-14', '17:00', 8.00, 121, 'Tanja Rusk'),
  (11, 9, 2, '2024-09-14', '19:00', 10.00, 142, NULL),
  (12, 11, 1, '2024-09-14', '21:30', 14.00, 571, 'Jonas Prewitt'),
  (13, 13, 5, '2024-09-15', '14:00', 8.00, 88, 'Tanja Rusk'),
  (14, 14, 6, '2024-09-15', '20:30', 9.00, 333, NULL),
  (15, 15, 4, '2024-09-15', '16:00', 8.00, 77, NULL),
  (16, 16, 6, '2024-09-15', '11:00', 7.00, 289, NULL),
  (17, 5, 3, '2024-09-15', '21:00', 12.00, 466, NULL),
  (18, 2, 2, '2024-09-16', '18:00', 10.00, 165, 'Jonas Prewitt'),
  (19, 1, 3, '2024-09-16', '20:00', 12.00, 312, NULL),
  (20, 3, 6, '2024-09-16', '20:30', 9.00, 350, NULL),
  (21, 7, 2, '2024-09-17', '18:00', 10.00, 97, NULL),
  (22, 6, 6, '2024-09-17', '20:30', 9.00, 341, 'Mira Lowell'),
  (23, 12, 4, '2024-09-17', '15:00', 6.50, 80, NULL),
  (24, 2, 1, '2024-09-18', '19:30', 14.00, 604, 'Mira Lowell'),
  (25, 14, 5, '2024-09-18', '17:00', 8.00, 139, NULL);

INSERT INTO juries VALUES
  (1, 'Main Jury', 1, 25000.00),
  (2, 'Documentary Jury', 4, 9000.00),
  (3, 'Animation Jury', 7, 6000.00),
  (4, 'Youth Jury', 4, 3000.00),
  (5, 'Critics Jury', NULL, NULL),
  (6, 'First Film Jury', 2, 7500.00),
  (7, 'Screenplay Jury', 5, 4000.00),
  (8, 'Music Jury', NULL, 2500.00);

INSERT INTO jurors VALUES
  (1, 'Beatrix Holm', 'actor', 'Denmark', 1, 'chair'),
  (2, 'Samuel Adeyemi', 'director', 'Nigeria', 1, 'member'),
  (3, 'Yuki Tanabe', 'editor', 'Japan', 1, 'member'),
  (4, 'Carlo Venier', 'composer', 'Italy', 1, 'member'),
  (5, 'Paula Ferrand', 'critic', 'France', 1, 'member'),
  (6, 'Ruth Mandel', 'journalist', 'Germany', 2, 'chair'),
  (7, 'Tomasz Bielak', 'director', 'Poland', 2, 'member'),
  (8, 'Grace Mwangi', 'producer', 'Kenya', 2, 'member'),
  (9, 'Eloise Carpentier', 'animator', 'France', 3, 'chair'),
  (10, 'Kenji Morita', 'animator', 'Japan', 3, 'member'),
  (11, 'Lara Stein', 'student', 'Germany', 4, 'chair'),
  (12, 'Finn Aldous', 'student', 'United Kingdom', 4, 'member'),
  (13, 'Malika Zeroual', 'student', 'Morocco', 4, 'member'),
  (14, 'Victor Almeida', 'critic', 'Brazil', 5, 'chair'),
  (15, 'Hanne Lie', 'critic', 'Norway', 5, 'member'),
  (16, 'Piotr Malik', 'critic', 'Poland', 5, 'member'),
  (17, 'Deborah Quayle', 'producer', 'United Kingdom', 6, 'chair'),
  (18, 'Andres Molina', 'director', 'Argentina', 6, 'member'),
  (19, 'Sonia Ricci', 'writer', 'Italy', 7, 'chair'),
  (20, 'Arthur Kell', 'writer', 'Canada', 7, 'member'),
  (21, 'Irina Voss', 'composer', 'Germany', 8, 'chair'),
  (22, 'Lucas Brandao', 'composer', 'Brazil', NULL, 'reserve');

INSERT INTO awards VALUES
  (1, 'Golden Heron', 1, 2, 30000.00),
  (2, 'Silver Heron', 1, 1, 15000.00),
  (3, 'Best Director', 1, 7, 10000.00),
  (4, 'Best Actress', 1, 7, 5000.00),
  (5, 'Best Actor', 1, 9, 5000.00),
  (6, 'Best Photography', 1, 2, 5000.00),
  (7, 'Best Documentary', 2, 13, 8500.00),
  (8, 'Documentary Mention', 2, 8, NULL),
  (9, 'Best Animation', 3, 12, 6000.00),
  (10, 'Best Short Animation', 3, 10, 2000.00),
  (11, 'Youth Prize', 4, 3, 2500.00),
  (12, 'Critics Prize', 5, 1, NULL),
  (13, 'Best First Film', 6, NULL, 7500.00),
  (14, 'Best Screenplay', 7, 14, 4000.00),
  (15, 'Best Score', 8, 2, 3000.00),
  (16, 'Audience Award', NULL, 6, 5000.00),
  (17, 'Audience Award for Documentary', NULL, 4, 2500.00);
