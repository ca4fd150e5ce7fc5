-- A group of holiday hotels: their rooms and room types, the guests and their stays, and the extra services used during a stay.
CREATE TABLE Hotel (
  HotelID INTEGER PRIMARY KEY,
  HotelName TEXT NOT NULL,
  City TEXT,
  Stars INTEGER,
  OpenedYear INTEGER,
  Manager TEXT,
  HasPool TEXT
);

CREATE TABLE RoomType (
  RoomTypeID INTEGER PRIMARY KEY,
  TypeName TEXT NOT NULL,
  MaxGuests INTEGER,
  BedKind TEXT,
  BaseRate DECIMAL(7,2)
);

CREATE TABLE Room (
  RoomID INTEGER PRIMARY KEY,
  HotelID INTEGER NOT NULL,
  RoomTypeID INTEGER NOT NULL,
  RoomNumber TEXT,
  Floor INTEGER,
  Balcony TEXT,
  LastRenovated DATE,
  FOREIGN KEY (HotelID) REFERENCES Hotel (HotelID),
  FOREIGN KEY (RoomTypeID) REFERENCES RoomType (RoomTypeID)
);

CREATE TABLE Guest (
  GuestID INTEGER PRIMARY KEY,
  GuestName TEXT NOT NULL,
  Country TEXT,
  Email TEXT,
  BirthDate DATE,
  VipLevel TEXT
);

CREATE TABLE Stay (
  StayID INTEGER PRIMARY KEY,
  GuestID INTEGER NOT NULL,
  RoomID INTEGER NOT NULL,
  CheckIn DATE NOT NULL,
  CheckOut DATE NOT NULL,
  Persons INTEGER,
  NightlyRate DECIMAL(7,2),
  Channel TEXT,
  Rating INTEGER,
  FOREIGN KEY (GuestID) REFERENCES Guest (GuestID),
  FOREIGN KEY (RoomID) REFERENCES Room (RoomID)
);

CREATE TABLE ExtraService (
  ServiceID INTEGER PRIMARY KEY,
  ServiceName TEXT NOT NULL,
  Category TEXT,
  Price DECIMAL(6,2),
  Unit TEXT
);

CREATE TABLE StayService (
  StayID INTEGER NOT NULL,
  ServiceID INTEGER NOT NULL,
  Quantity INTEGER,
  FirstUsed DATE,
  PRIMARY KEY (StayID, ServiceID),
  FOREIGN KEY (StayID) REFERENCES Stay (StayID),
  FOREIGN KEY (ServiceID) REFERENCES ExtraService (ServiceID)
);

INSERT INTO Hotel VALUES
  (1, 'Grand Elmar', 'Port Elmar', 5, 1911, 'Henrike Voss', 'yes'),
  (2, 'Harbour Lodge', 'Port Elmar', 3, 1987, 'Dario Conti', 'no'),
  (3, 'Veltin Alpine Resort', 'Sankt Veltin', 4, 1974, 'Barbara Moser', 'yes'),
  (4, 'Pension Edelhof', 'Sankt Veltin', 2, 1956, NULL, 'no'),
  (5, 'Villa Rosa', 'Lagorosa', 4, 1998, 'Dario Conti', 'yes'),
  (6, 'Lakeside Inn', 'Lagorosa', 3, 2008, 'Celine Aubert', 'no'),
  (7, 'Brightwater Suites', 'Brightwater', 4, 2017, 'Oskar Nyman', 'yes'),
  (8, 'Station Hotel', 'Brightwater', 2, 1969, NULL, 'no'),
  (9, 'Villa Serena', 'Lagorosa', 5, 2024, 'Celine Aubert', 'yes');

INSERT INTO RoomType VALUES
  (1, 'Single', 1, 'single', 65.00),
  (2, 'Double', 2, 'queen', 95.00),
  (3, 'Twin', 2, 'twin', 90.00),
  (4, 'Family', 4, 'queen', 140.00),
  (5, 'Junior Suite', 3, 'king', 190.00),
  (6, 'Grand Suite', 4, 'king', 320.00),
  (7, 'Dormitory', 6, 'bunk', 110.00),
  (8, 'Penthouse', 5, 'king', 480.00);

INSERT INTO Room VALUES
  (1, 1, 2, '201', 2, 'yes', '2019-03-15'),
  (2, 1, 5, '305', 3, 'yes', '2021-02-01'),
  (3, 1, 6, '501', 5, 'yes', '2021-02-01'),
  (4, 1, 1, '112', 1, 'no', '2015-11-20'),
  (5, 2, 2, '14', 1, 'no', NULL),
  (6, 2, 3, '15', 1, 'no', NULL),
  (7, 2, 1, '22', 2, 'no', '2010-04-10'),
  (8, 3, 2, '203', 2, 'yes', '2018-10-05'),
  (9, 3, 4, '210', 2, 'yes', '2018-10-05'),
  (10, 3, 5, '401', 4, 'yes', '2022-06-12'),
  (11, 3, 3, '118', 1, 'no', '2014-05-30'),
  (12, 4, 1, '3', 1, 'no', NULL),
  (13, 4, 7, '7', 2, 'no', '2003-09-01'),
  (14, 5, 2, '21', 2, 'yes', '2020-01-25'),
  (15, 5, 5, '31', 3, 'yes', '2020-01-25'),
  (16, 5, 4, '11', 1, 'no', '2017-03-08'),
  (17, 6, 3, '105', 1, 'no', '2008-05-01'),
  (18, 6, 2, '206', 2, 'yes', '2016-12-12'),
  (19, 7, 5, '702', 7, 'no', '2017-08-15'),
  (20, 7, 6, '801', 8, 'yes', '2023-04-20'),
  (21, 7, 2, '403', 4, 'no', '2017-08-15'),
  (22, 8, 1, '9', 1, 'no', '1999-07-07'),
  (23, 3, 2, '204', 2, 'no', '2018-10-05');

INSERT INTO Guest VALUES
  (1, 'Anneke Visser', 'Netherlands', 'anneke@mailbox.example', '1979-05-14', 'gold'),
  (2, 'Thomas Reuter', 'Germany', 't.reuter@post.example', '1965-09-03', 'silver'),
  (3, 'Maria Reuter', 'Germany', NULL, '1968-01-22', 'silver'),
  (4, 'Kenta Ogawa', 'Japan', 'kenta.o@mailbox.example', '1991-12-11', NULL),
  (5, 'Isabelle Fournier', 'France', 'isa.fournier@courrier.example', '1984-03-30', 'gold'),
  (6, 'Paul Whitcombe', 'United Kingdom', NULL, '1957-06-18', 'platinum'),
  (7, 'Signe Aaberg', 'Norway', 'signe@post.example', '1993-10-27', NULL),
  (8, 'Luca Ferrante', 'Italy', 'luca@mailbox.example', '1988-07-09', NULL),
  (9, 'Chiara Ferrante', 'Italy', 'chiara@mailbox.example', '1990-02-15', NULL),
  (10, 'Daniel Okoro', 'Nigeria', 'd.okoro@post.example', '1976-11-05', 'silver'),
  (11, 'Emma Whitcombe', 'United Kingdom', NULL, '1960-08-24', 'platinum'),
  (12, 'Jakub Hruska', 'Czechia', 'jakub@mailbox.example', '2000-04-19', NULL),
  (13, 'Petra Hruskova', 'Czechia', NULL, '2001-09-02', NULL),
  (14, 'Rosa Delgado', 'Spain', 'rosa@correo.example', '1971-01-08', 'gold'),
  (15, 'Willem Bakker', 'Netherlands', 'w.bakker@post.example', '1982-12-30', NULL),
  (16, 'Mei Tanaka', 'Japan', 'mei.t@mailbox.example', '1995-05-05', 'silver'),
  (17, 'Antoine Girard', 'France', NULL, '1949-10-16', NULL),
  (18, 'Olga Brenner', 'Germany', 'olga.b@post.example', '1999-03-21', NULL),
  (19, 'Samuel Price', 'United Kingdom', 'sam.price@mailbox.example', '1986-06-01', NULL),
  (20, 'Ines Carvalho', 'Portugal', 'ines@correio.example', '1974-04-12', 'gold');

INSERT INTO Stay VALUES
  (1, 1, 1, '2024-05-03', '2024-05-06', 2, 110.00, 'website', 9),
  (2, 2, 8, '2024-05-04', '2024-05-11', 2, 98.00, 'agency', 8),
  (3, 4, 5, '2024-05-10', '2024-05-12', 1, 82.00, 'website', 7),
  (4, 5, 15, '2024-05-17', '2024-05-20', 2, 205.00, 'phone', 10),
  (5, 6, 3, '2024-05-18', '2024-05-25', 2, 340.00, 'phone', 9),
  (6, 7, 12, '2024-05-21', '2024-05-22', 1, 48.00, 'walk-in', 5),
  (7, 8, 14, '2024-06-01', '2024-06-05', 2, 118.00, 'website', 8),
  (8, 10, 21, '2024-06-02', '2024-06-04', 1, 102.00, 'agency', NULL),
  (9, 12, 13, '2024-06-07', '2024-06-10', 6, 95.00, 'website', 6),
  (10, 14, 10, '2024-06-08', '2024-06-15', 3, 210.00, 'agency', 9),
  (11, 1, 2, '2024-06-14', '2024-06-16', 2, 195.00, 'website', 8),
  (12, 15, 16, '2024-06-15', '2024-06-22', 4, 145.00, 'website', 7),
  (13, 16, 19, '2024-06-20', '2024-06-23', 1, 185.00, 'website', 9),
  (14, 17, 7, '2024-06-24', '2024-06-25', 1, 60.00, 'walk-in', NULL),
  (15, 3, 17, '2024-07-01', '2024-07-08', 2, 88.00, 'agency', 6),
  (16, 6, 15, '2024-07-05', '2024-07-12', 2, 215.00, 'phone', 10),
  (17, 9, 18, '2024-07-06', '2024-07-09', 2, 99.00, 'website', 8),
  (18, 11, 20, '2024-07-12', '2024-07-15', 2, 330.00, 'phone', 10),
  (19, 5, 9, '2024-07-20', '2024-07-27', 4, 150.00, 'agency', 8),
  (20, 13, 6, '2024-07-21', '2024-07-23', 2, 85.00, 'website', 4),
  (21, 18, 4, '2024-08-01', '2024-08-02', 1, 70.00, 'walk-in', 7),
  (22, 2, 14, '2024-08-05', '2024-08-10', 2, 121.00, 'agency', 9),
  (23, 10, 1, '2024-08-09', '2024-08-12', 2, 115.00, 'phone', NULL),
  (24, 1, 20, '2024-08-15', '2024-08-18', 2, 325.00, 'website', 10),
  (25, 8, 11, '2024-08-20', '2024-08-24', 2, 92.00, 'website', 7);

INSERT INTO ExtraService VALUES
  (1, 'Breakfast', 'food', 14.00, 'person'),
  (2, 'Half Board', 'food', 32.00, 'person'),
  (3, 'Parking', 'transport', 12.00, 'day'),
  (4, 'Airport Transfer', 'transport', 45.00, 'trip'),
  (5, 'Sauna', 'wellness', 18.00, 'visit'),
  (6, 'Massage', 'wellness', 70.00, 'hour'),
  (7, 'Laundry', 'household', 9.50, 'bag'),
  (8, 'Baby Cot', 'household', 0.00, NULL),
  (9, 'Bicycle Rental', 'leisure', 20.00, 'day'),
  (10, 'Boat Tour', 'leisure', 55.00, 'person'),
  (11, 'Pet Fee', 'household', 15.00, 'day'),
  (12, 'Late Check-out', 'household', 25.00, NULL);

INSERT INTO StayService VALUES
  (1, 1, 6, '2024-05-04'),
  (1, 3, 3, NULL),
  (2, 2, 14, '2024-05-05'),
  (2, 5, 2, '2024-05-07'),
  (4, 6, 2, '2024-05-18'),
  (4, 1, 6, '2024-05-18'),
  (5, 1, 14, '2024-05-19'),
  (5, 4, 2, '2024-05-18'),
  (5, 10, 2, '2024-05-21'),
  (7, 1, 8, '2024-06-02'),
  (7, 9, 2, '2024-06-03'),
  (8, 3, 2, NULL),
  (9, 9, 3, '2024-06-08'),
  (10, 2, 21, '2024-06-09'),
  (10, 5, 3, '2024-06-10'),
  (10, 6, 1, '2024-06-12'),
  (11, 1, 4, '2024-06-15'),
  (12, 2, 28, '2024-06-16'),
  (12, 8, 1, NULL),
  (12, 3, 7, NULL),
  (13, 1, 3, '2024-06-21'),
  (13, 7, 1, '2024-06-22'),
  (15, 1, 14, '2024-07-02'),
  (16, 10, 2, '2024-07-08'),
  (16, 1, 14, '2024-07-06'),
  (16, 6, 2, '2024-07-09'),
  (17, 9, 2, '2024-07-07'),
  (18, 1, 6, '2024-07-13'),
  (18, 4, 1, '2024-07-12'),
  (19, 2, 28, '2024-07-21'),
  (19, 7, 3, '2024-07-24'),
  (20, 1, 2, '2024-07-22'),
  (22, 1, 10, '2024-08-06'),
  (22, 5, 2, '2024-08-07'),
  (23, 3, 3, NULL),
  (24, 1, 6, '2024-08-16'),
  (24, 6, 1, '2024-08-16'),
  (25, 9, 2, '2024-08-21');
