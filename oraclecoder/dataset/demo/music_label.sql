-- An independent music label: its artists, their albums and tracks, contracts, concerts and the producers behind the tracks.
CREATE TABLE artist (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  genre TEXT NOT NULL,
  active_since INTEGER NOT NULL,
  website TEXT
);

CREATE TABLE producer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  hourly_rate DECIMAL(6,2) NOT NULL,
  awards INTEGER NOT NULL
);

CREATE TABLE album (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  release_date DATE NOT NULL,
  format TEXT NOT NULL,
  units_sold INTEGER,
  FOREIGN KEY (artist_id) REFERENCES artist(id)
);

CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  album_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  track_number INTEGER NOT NULL,
  duration_sec INTEGER NOT NULL,
  bpm INTEGER,
  FOREIGN KEY (album_id) REFERENCES album(id)
);

CREATE TABLE track_producer (
  track_id INTEGER NOT NULL,
  producer_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (track_id, producer_id),
  FOREIGN KEY (track_id) REFERENCES track(id),
  FOREIGN KEY (producer_id) REFERENCES producer(id)
);

CREATE TABLE contract (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER NOT NULL,
  signed_on DATE NOT NULL,
  expires_on DATE,
  advance DECIMAL(10,2) NOT NULL,
  royalty_pct REAL NOT NULL,
  FOREIGN KEY (artist_id) REFERENCES artist(id)
);

CREATE TABLE concert (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER NOT NULL,
  venue TEXT NOT NULL,
  city TEXT NOT NULL,
  concert_date DATE NOT NULL,
  tickets_sold INTEGER,
  ticket_price DECIMAL(6,2) NOT NULL,
  FOREIGN KEY (artist_id) REFERENCES artist(id)
);

INSERT INTO artist VALUES
(1, 'Velvet Harbour', 'Ireland', 'indie rock', 2011, 'velvetharbour.example'),
(2, 'Nadia Korhonen', 'Finland', 'electronic', 2015, NULL),
(3, 'The Paper Lanterns', 'Canada', 'folk', 2008, 'paperlanterns.example'),
(4, 'Mateus Oleiro', 'Portugal', 'jazz', 1999, 'oleiro.example'),
(5, 'Copper Static', 'Germany', 'electronic', 2017, 'copperstatic.example'),
(6, 'Sister Quarry', 'Ireland', 'folk', 2014, NULL),
(7, 'Grand Mistral', 'France', 'indie rock', 2010, 'grandmistral.example'),
(8, 'Ayo Bandele', 'Nigeria', 'soul', 2018, 'ayobandele.example'),
(9, 'Low Tide Choir', 'Norway', 'ambient', 2016, NULL),
(10, 'Rosa Tindall', 'Canada', 'soul', 2019, 'rosatindall.example'),
(11, 'Kilometre Zero', 'Germany', 'indie rock', 2020, NULL),
(12, 'Hanne Vik', 'Norway', 'jazz', 2006, 'hannevik.example');

INSERT INTO producer VALUES
(1, 'Jonas Feld', 'Berlin', 85.00, 3),
(2, 'Siobhan Rafferty', 'Dublin', 70.00, 1),
(3, 'Luc Amparo', 'Lyon', 62.50, 0),
(4, 'Grace Oyelaran', 'London', 120.00, 5),
(5, 'Petteri Salo', 'Helsinki', 72.00, 2),
(6, 'Daria Brandt', 'Berlin', 95.00, 2),
(7, 'Owen Castell', 'Montreal', 55.00, 0),
(8, 'Ingrid Moen', 'Oslo', 78.50, 1);

INSERT INTO album VALUES
(1, 1, 'Rooms by the Water', '2014-03-21', 'vinyl', 18400),
(2, 1, 'Slow Ferries', '2018-09-07', 'CD', 26150),
(3, 1, 'Night Cargo', '2022-05-13', 'digital', 31200),
(4, 2, 'Polar Circuit', '2017-11-03', 'digital', 22800),
(5, 2, 'Glass Forest', '2021-02-19', 'vinyl', 15700),
(6, 3, 'Letters to Winnipeg', '2012-06-15', 'CD', 9400),
(7, 3, 'Kindling', '2019-10-25', 'vinyl', 12650),
(8, 4, 'Alfama at Dawn', '2009-04-10', 'CD', 7300),
(9, 4, 'Tram 28 Suite', '2021-09-17', 'vinyl', 5200),
(10, 5, 'Signal Loss', '2020-01-31', 'digital', 40900),
(11, 6, 'Granite Lullabies', '2016-08-12', 'CD', 8800),
(12, 7, 'Vent du Nord', '2013-05-24', 'CD', 11900),
(13, 7, 'Carnival of Dust', '2021-06-04', 'digital', 19300),
(14, 8, 'Lagos Letters', '2020-07-17', 'digital', 53600),
(15, 8, 'Second Harvest', '2023-03-10', 'vinyl', 28100),
(16, 9, 'Fjord Machines', '2018-02-23', 'vinyl', 6100),
(17, 10, 'Honey and Rust', '2022-10-14', 'digital', 34700),
(18, 12, 'Blue Hour Trio', '2011-11-11', 'CD', 4900),
(19, 12, 'Northern Standards', '2024-01-26', 'vinyl', NULL);

INSERT INTO track VALUES
(1, 1, 'Tidewall', 1, 214, 118),
(2, 1, 'Lantern Street', 2, 251, 104),
(3, 2, 'Slow Ferries', 1, 326, 92),
(4, 2, 'Customs House', 2, 198, 126),
(5, 3, 'Night Cargo', 1, 243, 122),
(6, 3, 'Diesel Hymn', 2, 275, 98),
(7, 4, 'Aurora Relay', 1, 388, 124),
(8, 4, 'Night Bus to Oulu', 2, 341, 120),
(9, 5, 'Birch Voltage', 1, 305, 128),
(10, 6, 'Prairie Post', 1, 187, 96),
(11, 7, 'Kindling', 1, 222, 88),
(12, 7, 'Ash Wednesday Waltz', 2, 236, 84),
(13, 8, 'Miradouro', 1, 412, NULL),
(14, 9, 'Tram 28, Part One', 1, 536, NULL),
(15, 10, 'Packet Storm', 1, 294, 132),
(16, 10, 'Night Shift Modem', 2, 317, 130),
(17, 10, 'Handshake', 3, 259, 128),
(18, 11, 'Quarry Song', 1, 203, 76),
(19, 12, 'Bora', 1, 231, 110),
(20, 13, 'Carnival of Dust', 1, 248, 114),
(21, 14, 'Third Mainland', 1, 226, 102),
(22, 14, 'Mama Ronke', 2, 239, 94),
(23, 15, 'Second Harvest', 1, 251, 100),
(24, 16, 'Cold Engine', 1, 602, NULL),
(25, 17, 'Honey and Rust', 1, 217, 90);

INSERT INTO track_producer VALUES
(1, 2, 'recording'), (2, 2, 'recording'), (3, 2, 'recording'), (3, 4, 'mixing'),
(4, 2, 'mixing'), (5, 4, 'mixing'), (5, 1, 'recording'), (6, 4, 'mixing'),
(7, 5, 'recording'), (7, 6, 'mastering'), (8, 5, 'recording'), (9, 5, 'mixing'),
(9, 6, 'mastering'), (10, 7, 'recording'), (11, 7, 'recording'), (12, 7, 'recording'),
(12, 2, 'mixing'), (14, 1, 'mastering'), (15, 1, 'recording'), (15, 6, 'mixing'),
(16, 1, 'recording'), (16, 6, 'mastering'), (17, 1, 'mixing'), (18, 2, 'recording'),
(20, 4, 'mastering'), (21, 4, 'recording'), (22, 4, 'recording'), (23, 4, 'mixing'),
(23, 6, 'mastering'), (24, 8, 'recording'), (24, 1, 'mastering'), (25, 4, 'recording');

INSERT INTO contract VALUES
(1, 1, '2013-01-15', '2018-01-14', 12000.00, 12.0),
(2, 1, '2018-01-15', NULL, 45000.00, 17.5),
(3, 2, '2016-04-01', '2022-03-31', 20000.00, 14.0),
(4, 3, '2011-09-20', '2016-09-19', 8000.00, 11.0),
(5, 3, '2018-02-05', '2025-02-04', 15000.00, 13.5),
(6, 4, '2008-06-30', NULL, 6000.00, 15.0),
(7, 5, '2019-05-10', '2024-05-09', 30000.00, 14.0),
(8, 6, '2015-10-12', '2020-10-11', 7500.00, 12.0),
(9, 7, '2012-03-08', '2022-03-07', 18000.00, 13.0),
(10, 8, '2019-11-25', NULL, 60000.00, 18.0),
(11, 9, '2017-07-01', '2023-06-30', 5000.00, 12.0),
(12, 10, '2021-08-16', '2027-08-15', 38000.00, 16.0),
(13, 11, '2023-04-03', '2026-04-02', 10000.00, 11.5),
(14, 12, '2010-12-01', NULL, 5000.00, 15.0);

INSERT INTO concert VALUES
(1, 1, 'Gasworks Hall', 'Dublin', '2018-10-12', 2400, 32.00),
(2, 1, 'Kesselhaus Nord', 'Berlin', '2019-03-02', 1800, 29.50),
(3, 1, 'Salle Pivoine', 'Paris', '2022-06-18', 3100, 38.00),
(4, 2, 'Kesselhaus Nord', 'Berlin', '2021-09-04', 1500, 27.00),
(5, 2, 'Talvi Arena', 'Helsinki', '2021-12-11', 4200, 35.00),
(6, 3, 'Birchwood Theatre', 'Toronto', '2019-11-23', 950, 24.00),
(7, 4, 'Clube da Ribeira', 'Lisbon', '2021-10-08', 310, 18.00),
(8, 5, 'Kesselhaus Nord', 'Berlin', '2020-02-15', 2000, 30.00),
(9, 5, 'Salle Pivoine', 'Paris', '2022-04-01', 2650, 33.00),
(10, 6, 'Gasworks Hall', 'Dublin', '2017-05-20', 700, 20.00),
(11, 7, 'Salle Pivoine', 'Paris', '2021-07-14', 2900, 31.00),
(12, 8, 'Salle Pivoine', 'Paris', '2023-05-06', 3300, 42.00),
(13, 8, 'Talvi Arena', 'Helsinki', '2023-05-19', 4800, 45.00),
(14, 8, 'Birchwood Theatre', 'Toronto', '2023-09-30', 1100, 40.00),
(15, 9, 'Talvi Arena', 'Helsinki', '2018-03-16', 620, 22.00),
(16, 10, 'Birchwood Theatre', 'Toronto', '2022-11-19', 1050, 28.00),
(17, 10, 'Gasworks Hall', 'Dublin', '2023-02-11', 1600, 28.00),
(18, 12, 'Clube da Ribeira', 'Lisbon', '2024-02-17', NULL, 20.00);
