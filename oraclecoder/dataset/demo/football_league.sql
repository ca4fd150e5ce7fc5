-- A season of a football league: clubs with their stadiums and sponsors, players, matches, goals and transfers.
CREATE TABLE stadium (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT,
  capac INTEGER,
  yr_opened INTEGER,
  surf TEXT
);

CREATE TABLE club (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  short_nm TEXT,
  yr_founded INTEGER,
  stadium_id INTEGER,
  coach TEXT,
  att_avg INTEGER,
  budget_m DECIMAL(6,1),
  FOREIGN KEY (stadium_id) REFERENCES stadium (id)
);

CREATE TABLE player (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  nat TEXT,
  pos TEXT,
  dob DATE,
  ht_cm INTEGER,
  club_id INTEGER,
  shirt_no INTEGER,
  mkt_val_m DECIMAL(5,1),
  FOREIGN KEY (club_id) REFERENCES club (id)
);

CREATE TABLE league_match (
  id INTEGER PRIMARY KEY,
  rnd INTEGER,
  match_dt DATE,
  home_id INTEGER NOT NULL,
  away_id INTEGER NOT NULL,
  home_goals INTEGER,
  away_goals INTEGER,
  att INTEGER,
  FOREIGN KEY (home_id) REFERENCES club (id),
  FOREIGN KEY (away_id) REFERENCES club (id)
);

CREATE TABLE goal (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  goal_min INTEGER,
  kind TEXT,
  FOREIGN KEY (match_id) REFERENCES league_match (id),
  FOREIGN KEY (player_id) REFERENCES player (id)
);

CREATE TABLE transfer (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL,
  from_club_id INTEGER,
  to_club_id INTEGER,
  transfer_dt DATE,
  fee_m DECIMAL(5,1),
  loan TEXT,
  FOREIGN KEY (player_id) REFERENCES player (id),
  FOREIGN KEY (from_club_id) REFERENCES club (id),
  FOREIGN KEY (to_club_id) REFERENCES club (id)
);

CREATE TABLE sponsor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sector TEXT,
  hq_city TEXT
);

CREATE TABLE club_sponsor (
  club_id INTEGER NOT NULL,
  sponsor_id INTEGER NOT NULL,
  yr_from INTEGER,
  amt_m DECIMAL(5,1),
  PRIMARY KEY (club_id, sponsor_id),
  FOREIGN KEY (club_id) REFERENCES club (id),
  FOREIGN KEY (sponsor_id) REFERENCES sponsor (id)
);

INSERT INTO stadium VALUES
  (1, 'Quayside Park', 'Merrow', 41200, 1923, 'grass'),
  (2, 'Ironworks Ground', 'Haldon', 28500, 1908, 'grass'),
  (3, 'Northgate Arena', 'Haldon', 35800, 2006, 'hybrid'),
  (4, 'Millfield', 'Tarrance', 17300, 1951, 'grass'),
  (5, 'The Orchard', 'Pellworth', 12400, 1934, 'grass'),
  (6, 'Castle Lane', 'Dunmere', 22100, 1967, 'hybrid'),
  (7, 'Saltmarsh Stadium', 'Osterby', 15900, 1989, 'artificial'),
  (8, 'Regent Bowl', 'Merrow', 52000, 2014, 'hybrid'),
  (9, 'Brookend', 'Tarrance', 8600, NULL, 'artificial');

INSERT INTO club VALUES
  (1, 'Merrow City', 'MER', 1899, 8, 'Alan Dravik', 44750, 120.5),
  (2, 'Merrow Rovers', 'ROV', 1911, 1, 'Teo Barros', 31200, 64.0),
  (3, 'Haldon Ironside', 'HAL', 1887, 2, 'Graham Petty', 24600, 48.2),
  (4, 'Haldon United', 'HUN', 1954, 3, 'Nico Vasari', 29800, 85.0),
  (5, 'Tarrance Athletic', 'TAR', 1903, 4, NULL, 13850, 22.4),
  (6, 'Pellworth Town', 'PEL', 1920, 5, 'Owen Starr', 9700, 12.0),
  (7, 'Dunmere Castle', 'DUN', 1895, 6, 'Ruben Haak', 17400, 33.5),
  (8, 'Osterby FC', 'OST', 1978, 7, 'Lena Fischbach', NULL, 18.9);

INSERT INTO player VALUES
  (1, 'Marko Delic', 'Croatia', 'FW', '1996-04-11', 187, 1, 9, 38.0),
  (2, 'Jamie Rooke', 'England', 'MF', '1999-08-30', 178, 1, 8, 27.5),
  (3, 'Andre Koffi', 'Ivory Coast', 'DF', '1994-01-17', 190, 1, 4, 16.0),
  (4, 'Luis Arrabal', 'Spain', 'FW', '1997-12-05', 181, 2, 11, 19.0),
  (5, 'Ben Tillery', 'England', 'MF', '2001-03-22', 175, 2, 6, 12.5),
  (6, 'Stefan Groh', 'Germany', 'GK', '1990-06-09', 193, 2, 1, 5.0),
  (7, 'Danny Marlow', 'England', 'FW', '1993-10-14', 184, 3, 10, 9.0),
  (8, 'Piet Verhagen', 'Netherlands', 'DF', '1995-07-01', 191, 3, 5, 8.5),
  (9, 'Callum Reid', 'Scotland', 'MF', '2003-02-26', NULL, 3, 23, 6.0),
  (10, 'Samba Toure', 'Senegal', 'FW', '1998-05-19', 186, 4, 9, 24.0),
  (11, 'Emil Rask', 'Denmark', 'MF', '1996-11-28', 180, 4, 7, 15.0),
  (12, 'Joao Pacheco', 'Brazil', 'DF', '1992-09-03', 183, 4, 3, 7.0),
  (13, 'Harry Lindley', 'England', 'FW', '2002-06-15', 179, 5, 9, 5.5),
  (14, 'Tomasz Wilk', 'Poland', 'GK', '1988-03-08', 195, 5, 1, 1.2),
  (15, 'Kofi Badu', 'Ghana', 'MF', '2000-10-20', 174, 5, 14, 4.0),
  (16, 'Sean Mallory', 'Ireland', 'FW', '1991-02-02', 182, 6, 19, 1.5),
  (17, 'Lewis Haines', 'England', 'DF', '2004-12-12', NULL, 6, 2, 2.0),
  (18, 'Viktor Danko', 'Slovakia', 'MF', '1995-04-27', 177, 6, 8, 1.8),
  (19, 'Rafael Monte', 'Brazil', 'FW', '1999-01-31', 176, 7, 10, 11.0),
  (20, 'Hugo Lacroix', 'France', 'MF', '1997-07-24', 181, 7, 16, 7.5),
  (21, 'Mats Ekberg', 'Sweden', 'GK', '1994-08-18', 194, 7, 1, 3.0),
  (22, 'Jonas Abel', 'Denmark', 'FW', '2000-09-09', 188, 8, 9, 6.5),
  (23, 'Ryan Coyle', 'Ireland', 'DF', '1998-03-03', 185, 8, 5, 3.5),
  (24, 'Yuto Hamada', 'Japan', 'MF', '2001-11-11', 172, 8, 22, 4.5),
  (25, 'Gary Nolan', 'England', 'MF', '1989-05-05', 180, NULL, NULL, 0.4);

INSERT INTO league_match VALUES
  (1, 1, '2024-08-17', 1, 3, 2, 0, 45100),
  (2, 1, '2024-08-17', 4, 2, 1, 1, 28900),
  (3, 1, '2024-08-18', 5, 6, 2, 1, 13200),
  (4, 1, '2024-08-18', 7, 8, 0, 0, 16800),
  (5, 2, '2024-08-24', 2, 1, 1, 2, 39800),
  (6, 2, '2024-08-24', 3, 5, 3, 0, 24100),
  (7, 2, '2024-08-24', 6, 7, 0, 2, 9400),
  (8, 2, '2024-08-25', 8, 4, 1, 1, 11200),
  (9, 3, '2024-08-31', 1, 4, 3, 1, 47600),
  (10, 3, '2024-08-31', 5, 2, 0, 1, 14100),
  (11, 3, '2024-09-01', 7, 3, 1, 1, 17900),
  (12, 3, '2024-09-01', 6, 8, 0, 0, 8800),
  (13, 4, '2024-09-14', 2, 7, 2, 2, 30500),
  (14, 4, '2024-09-14', 4, 3, 2, 1, 33400),
  (15, 4, '2024-09-14', 8, 1, 0, 1, 15600),
  (16, 4, '2024-09-15', 6, 5, 1, 0, 10100),
  (17, 5, '2024-09-21', 1, 2, 2, 1, 50900),
  (18, 5, '2024-09-21', 3, 6, 2, 1, 22800),
  (19, 5, '2024-09-22', 4, 7, 1, 0, 27300),
  (20, 5, '2024-09-22', 5, 8, NULL, NULL, NULL);

INSERT INTO goal VALUES
  (1, 1, 1, 23, 'open play'),
  (2, 1, 2, 67, 'penalty'),
  (3, 2, 10, 12, 'header'),
  (4, 2, 4, 88, 'open play'),
  (5, 3, 13, 34, 'open play'),
  (6, 3, 15, 51, 'free kick'),
  (7, 3, 16, 79, 'penalty'),
  (8, 5, 4, 15, 'open play'),
  (9, 5, 1, 40, 'header'),
  (10, 5, 1, 73, 'open play'),
  (11, 6, 7, 8, 'penalty'),
  (12, 6, 9, 44, 'open play'),
  (13, 6, 8, 62, 'header'),
  (14, 7, 19, 19, 'open play'),
  (15, 7, 20, 85, 'free kick'),
  (16, 8, 22, 30, 'header'),
  (17, 8, 11, 90, 'open play'),
  (18, 9, 1, 5, 'penalty'),
  (19, 9, 2, 38, 'open play'),
  (20, 9, 3, 71, 'header'),
  (21, 9, 10, 77, 'open play'),
  (22, 10, 5, 58, 'open play'),
  (23, 11, 19, 27, 'penalty'),
  (24, 11, 7, 66, 'open play'),
  (25, 13, 4, 10, 'open play'),
  (26, 13, 5, 33, 'free kick'),
  (27, 13, 19, 48, 'open play'),
  (28, 13, 20, 91, 'open play'),
  (29, 14, 11, 21, 'open play'),
  (30, 14, 10, 55, 'penalty'),
  (31, 14, 7, 83, 'header'),
  (32, 15, 1, 64, 'open play'),
  (33, 16, 18, 90, 'free kick'),
  (34, 17, 2, 14, 'open play'),
  (35, 17, 1, 59, 'open play'),
  (36, 17, 4, 81, 'penalty'),
  (37, 18, 9, 36, 'open play'),
  (38, 18, 16, 45, 'header'),
  (39, 18, 7, 70, 'penalty'),
  (40, 19, 10, 39, 'open play');

INSERT INTO transfer VALUES
  (1, 7, 2, 6, '2017-08-08', 0.9, 'no'),
  (2, 16, 7, 5, '2018-01-31', 0.6, 'no'),
  (3, 7, 6, 3, '2019-07-02', 2.2, 'no'),
  (4, 6, 3, 2, '2020-07-30', 1.8, 'no'),
  (5, 8, 8, 3, '2020-07-30', 4.0, 'no'),
  (6, 23, 6, 8, '2020-09-04', 1.1, 'no'),
  (7, 16, 5, 6, '2021-07-07', 0.6, 'no'),
  (8, 3, 2, 1, '2021-08-12', 9.5, 'no'),
  (9, 19, NULL, 7, '2021-08-25', 6.2, 'no'),
  (10, 20, 8, 7, '2022-01-28', 3.4, 'no'),
  (11, 1, 4, 1, '2022-07-05', 21.0, 'no'),
  (12, 22, NULL, 8, '2022-07-18', 3.0, 'no'),
  (13, 10, NULL, 4, '2022-08-19', 17.5, 'no'),
  (14, 4, NULL, 2, '2023-01-20', 14.0, 'no'),
  (15, 11, 7, 4, '2023-07-11', 8.0, 'no'),
  (16, 15, NULL, 5, '2023-07-28', 2.5, 'no'),
  (17, 12, 1, 4, '2023-08-31', 5.0, 'no'),
  (18, 13, 4, 5, '2024-01-15', NULL, 'yes'),
  (19, 25, 5, NULL, '2024-06-30', NULL, 'no'),
  (20, 17, 3, 6, '2024-07-01', NULL, 'yes');

INSERT INTO sponsor VALUES
  (1, 'Volten Energy', 'energy', 'Merrow'),
  (2, 'Bluewater Bank', 'finance', 'Merrow'),
  (3, 'Kestrel Air', 'travel', 'Haldon'),
  (4, 'Granary Foods', 'food', 'Pellworth'),
  (5, 'Tarn Telecom', 'telecom', 'Osterby'),
  (6, 'Hobb Brewery', 'food', 'Tarrance'),
  (7, 'Lynx Motors', 'cars', 'Dunmere'),
  (8, 'Peak Insurance', 'finance', 'Haldon'),
  (9, 'Fenwood Toys', 'retail', NULL);

INSERT INTO club_sponsor VALUES
  (1, 1, 2019, 12.0),
  (1, 2, 2022, 6.5),
  (1, 3, 2021, 8.0),
  (2, 2, 2018, 4.0),
  (2, 5, 2023, 3.2),
  (3, 8, 2016, 2.5),
  (3, 6, 2022, 1.0),
  (4, 3, 2020, 5.5),
  (4, 7, 2022, 3.0),
  (4, 8, 2023, 1.5),
  (5, 6, 2015, 0.8),
  (5, 5, 2021, 1.2),
  (6, 4, 2017, 0.6),
  (7, 7, 2019, 2.0),
  (7, 2, 2024, 1.4),
  (8, 5, 2020, 1.6);
