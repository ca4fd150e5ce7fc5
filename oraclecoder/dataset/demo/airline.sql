-- A small airline: airports, aircraft types, flights, passengers and their bookings, and the crew assigned to each flight.
CREATE TABLE Airports (
  AirportCode TEXT PRIMARY KEY,
  AirportName TEXT NOT NULL,
  City TEXT NOT NULL,
  Country TEXT NOT NULL,
  Runways INTEGER,
  Elevation INTEGER
);

CREATE TABLE AircraftTypes (
  TypeID INTEGER PRIMARY KEY,
  Maker TEXT NOT NULL,
  Model TEXT NOT NULL,
  Seats INTEGER,
  RangeKm INTEGER,
  EntryYear INTEGER
);

CREATE TABLE Flights (
  FlightID INTEGER PRIMARY KEY,
  FlightNumber TEXT NOT NULL,
  Origin TEXT NOT NULL,
  Destination TEXT NOT NULL,
  TypeID INTEGER NOT NULL,
  DepartureDate DATE NOT NULL,
  Duration INTEGER,
  Delay INTEGER,
  Status TEXT,
  BasePrice DECIMAL(7,2),
  FOREIGN KEY (Origin) REFERENCES Airports (AirportCode),
  FOREIGN KEY (Destination) REFERENCES Airports (AirportCode),
  FOREIGN KEY (TypeID) REFERENCES AircraftTypes (TypeID)
);

CREATE TABLE Passengers (
  PassengerID INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Nationality TEXT,
  BirthDate DATE,
  LoyaltyTier TEXT,
  Miles INTEGER
);

CREATE TABLE Bookings (
  BookingID INTEGER PRIMARY KEY,
  FlightID INTEGER NOT NULL,
  PassengerID INTEGER NOT NULL,
  CabinClass TEXT,
  SeatNumber TEXT,
  Price DECIMAL(7,2),
  BookedOn DATE,
  Bags INTEGER,
  FOREIGN KEY (FlightID) REFERENCES Flights (FlightID),
  FOREIGN KEY (PassengerID) REFERENCES Passengers (PassengerID)
);

CREATE TABLE CrewMembers (
  CrewID INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Role TEXT,
  HireDate DATE,
  HomeBase TEXT,
  Salary DECIMAL(8,2),
  FOREIGN KEY (HomeBase) REFERENCES Airports (AirportCode)
);

CREATE TABLE Assignments (
  FlightID INTEGER NOT NULL,
  CrewID INTEGER NOT NULL,
  DutyHours REAL,
  PRIMARY KEY (FlightID, CrewID),
  FOREIGN KEY (FlightID) REFERENCES Flights (FlightID),
  FOREIGN KEY (CrewID) REFERENCES CrewMembers (CrewID)
);

INSERT INTO Airports VALUES
  ('PVL', 'Portavel International', 'Portavel', 'Portugal', 2, 12),
  ('PVS', 'Portavel South', 'Portavel', 'Portugal', 1, 34),
  ('NMR', 'Northmere', 'Northmere', 'Ireland', 2, 61),
  ('SBR', 'Santa Brisa', 'Santa Brisa', 'Spain', 2, 8),
  ('ALS', 'Alta Sierra', 'Alta Sierra', 'Spain', 1, 742),
  ('LKH', 'Lakeholm Central', 'Lakeholm', 'Sweden', 3, 45),
  ('KSB', 'Kesterby', 'Kesterby', 'Denmark', 2, 5),
  ('BLM', 'Bellamar', 'Bellamar', 'Italy', 1, 21),
  ('MVN', 'Montevino Hills', 'Montevino', 'Italy', 1, 388),
  ('HCF', 'Hochfeld International', 'Hochfeld', 'Germany', 3, 120),
  ('DNB', 'Dunbarra', 'Dunbarra', 'Ireland', 1, 97);

INSERT INTO AircraftTypes VALUES
  (1, 'Avionel', 'Heron 90', 90, 2400, 2004),
  (2, 'Avionel', 'Heron 150', 150, 4300, 2011),
  (3, 'Avionel', 'Heron 210', 210, 6100, 2018),
  (4, 'Skyforge', 'S7', 132, 3900, 2009),
  (5, 'Skyforge', 'S9', 178, 5600, 2016),
  (6, 'Brandt Aero', 'Swift 50', 50, 1500, 1998),
  (7, 'Brandt Aero', 'Swift 70', 70, 1800, 2006),
  (8, 'Norlift', 'Titan', 290, 9800, NULL);

INSERT INTO Flights VALUES
  (1, 'OA101', 'PVL', 'NMR', 2, '2024-06-01', 165, 0, 'landed', 119.00),
  (2, 'OA102', 'NMR', 'PVL', 2, '2024-06-01', 160, 25, 'landed', 119.00),
  (3, 'OA210', 'PVL', 'SBR', 1, '2024-06-02', 75, 0, 'landed', 59.00),
  (4, 'OA211', 'SBR', 'PVL', 1, '2024-06-02', 80, 10, 'landed', 64.00),
  (5, 'OA305', 'LKH', 'KSB', 7, '2024-06-03', 70, 0, 'landed', 72.50),
  (6, 'OA306', 'KSB', 'LKH', 7, '2024-06-03', 70, 45, 'landed', 72.50),
  (7, 'OA410', 'PVL', 'LKH', 5, '2024-06-04', 235, 15, 'landed', 189.00),
  (8, 'OA411', 'LKH', 'PVL', 5, '2024-06-05', 240, NULL, 'cancelled', 189.00),
  (9, 'OA520', 'HCF', 'BLM', 4, '2024-06-05', 95, 0, 'landed', 98.00),
  (10, 'OA521', 'BLM', 'HCF', 4, '2024-06-06', 95, 120, 'diverted', 98.00),
  (11, 'OA101', 'PVL', 'NMR', 2, '2024-06-08', 165, 5, 'landed', 129.00),
  (12, 'OA102', 'NMR', 'PVL', 2, '2024-06-08', 160, 0, 'landed', 124.00),
  (13, 'OA630', 'HCF', 'PVL', 3, '2024-06-09', 185, 30, 'landed', 149.00),
  (14, 'OA631', 'PVL', 'HCF', 3, '2024-06-10', 180, 0, 'landed', 149.00),
  (15, 'OA740', 'SBR', 'ALS', 6, '2024-06-11', 55, 0, 'landed', 45.00),
  (16, 'OA741', 'ALS', 'SBR', 6, '2024-06-11', 50, 20, 'landed', 45.00),
  (17, 'OA410', 'PVL', 'LKH', 5, '2024-06-11', 235, 60, 'landed', 199.00),
  (18, 'OA850', 'HCF', 'MVN', 1, '2024-06-12', 85, NULL, 'cancelled', 88.00),
  (19, 'OA305', 'LKH', 'KSB', 7, '2024-06-17', 70, NULL, 'scheduled', 79.00),
  (20, 'OA520', 'HCF', 'BLM', 4, '2024-06-19', 95, NULL, 'scheduled', 105.00),
  (21, 'OA960', 'KSB', 'PVS', 5, '2024-06-20', 200, NULL, 'scheduled', 159.00),
  (22, 'OA211', 'SBR', 'PVL', 1, '2024-06-21', 80, NULL, 'scheduled', 69.00);

INSERT INTO Passengers VALUES
  (1, 'Mariana Teles', 'Portuguese', '1984-03-12', 'Gold', 48200),
  (2, 'Conor Hanley', 'Irish', '1991-07-25', 'Silver', 15300),
  (3, 'Aoife Brannigan', 'Irish', '1968-11-02', 'Platinum', 120500),
  (4, 'Lars Ekdahl', 'Swedish', '1975-05-19', 'Gold', 61000),
  (5, 'Sofie Krag', 'Danish', '2002-01-30', NULL, 2100),
  (6, 'Diego Fuentes', 'Spanish', '1988-09-14', 'Silver', 17800),
  (7, 'Lucia Fuentes', 'Spanish', '1990-12-08', 'Silver', 17800),
  (8, 'Giulia Serra', 'Italian', '1979-04-04', NULL, 0),
  (9, 'Klaus Immer', 'German', '1955-08-21', 'Platinum', 98700),
  (10, 'Hanna Immer', 'German', '1959-10-10', 'Gold', 44900),
  (11, 'Rui Barroso', 'Portuguese', '1999-02-17', NULL, 3600),
  (12, 'Freja Dahl', 'Danish', '1982-06-06', 'Silver', 12900),
  (13, 'Marco Vitale', 'Italian', '1994-03-28', NULL, 5400),
  (14, 'Beatriz Teles', 'Portuguese', '2012-08-15', NULL, 900),
  (15, 'Nils Ekdahl', 'Swedish', '2009-12-01', NULL, 4000),
  (16, 'Carmen Robles', 'Spanish', '1963-01-11', 'Gold', 52300),
  (17, 'Patrick Doyle', 'Irish', '1986-05-05', NULL, 0),
  (18, 'Yusuf Kaplan', 'German', '1997-09-23', 'Silver', 20400),
  (19, 'Elin Strand', 'Swedish', '1970-02-14', NULL, 7700),
  (20, 'Tiago Moura', 'Portuguese', '1993-11-19', 'Gold', 39900),
  (21, 'Benedikt Rasch', 'German', '1981-06-30', NULL, 0),
  (22, 'Maeve Corrigan', 'Irish', '1976-04-18', 'Silver', 11800);

INSERT INTO Bookings VALUES
  (1, 1, 1, 'economy', '12A', 119.00, '2024-04-02', 1),
  (2, 1, 14, 'economy', '12B', 89.00, '2024-04-02', 0),
  (3, 1, 2, 'economy', '18C', 135.50, '2024-05-20', 1),
  (4, 1, 3, 'business', '2A', 310.00, '2024-05-03', 2),
  (5, 2, 17, 'economy', '21F', 119.00, '2024-05-11', 1),
  (6, 2, 20, 'economy', '8D', 142.00, '2024-05-27', 0),
  (7, 3, 6, 'economy', '5A', 59.00, '2024-03-15', 1),
  (8, 3, 7, 'economy', '5B', 59.00, '2024-03-15', 1),
  (9, 4, 11, 'economy', '14C', 64.00, '2024-05-30', 0),
  (10, 4, 16, 'business', '1A', 168.00, '2024-04-19', 2),
  (11, 5, 12, 'economy', '9A', 72.50, '2024-05-01', 0),
  (12, 5, 4, 'economy', '3C', 80.00, '2024-05-22', 1),
  (13, 6, 5, 'economy', '10D', 72.50, '2024-05-09', 1),
  (14, 7, 4, 'business', '1C', 420.00, '2024-05-15', 1),
  (15, 7, 15, 'economy', '20A', 189.00, '2024-05-15', 1),
  (16, 7, 19, 'economy', '22E', 205.00, '2024-05-29', 2),
  (17, 7, 1, 'economy', '16B', 189.00, '2024-04-25', 1),
  (18, 8, 19, 'economy', NULL, 205.00, '2024-05-29', 2),
  (19, 9, 9, 'business', '1D', 245.00, '2024-04-08', 2),
  (20, 9, 10, 'business', '1E', 245.00, '2024-04-08', 2),
  (21, 10, 8, 'economy', '17A', 98.00, '2024-05-18', 1),
  (22, 10, 13, 'economy', '17B', 110.00, '2024-06-01', 0),
  (23, 11, 3, 'business', '2A', 335.00, '2024-05-03', 2),
  (24, 12, 2, 'economy', '18C', 124.00, '2024-05-20', 1),
  (25, 12, 1, 'economy', '11A', 124.00, '2024-04-02', 1),
  (26, 12, 14, 'economy', '11B', 92.00, '2024-04-02', 0),
  (27, 13, 18, 'economy', '25C', 149.00, '2024-05-14', 0),
  (28, 13, 9, 'business', '3A', 365.00, '2024-05-06', 1),
  (29, 14, 20, 'premium', '7A', 220.00, '2024-05-28', 1),
  (30, 15, 6, 'economy', '4A', 45.00, '2024-06-02', 0),
  (31, 15, 7, 'economy', '4B', 45.00, '2024-06-02', 0),
  (32, 16, 16, 'economy', '2C', 52.00, '2024-06-04', 1),
  (33, 17, 4, 'premium', '6F', 280.00, '2024-05-22', 1),
  (34, 18, 10, 'economy', NULL, 88.00, '2024-05-31', 1),
  (35, 19, 12, 'economy', NULL, 79.00, '2024-06-10', 0),
  (36, 20, 8, 'economy', NULL, 105.00, '2024-06-08', 1),
  (37, 20, 18, 'economy', '15D', 115.00, '2024-06-12', 0),
  (38, 22, 11, 'economy', '14D', 69.00, '2024-06-13', 1);

INSERT INTO CrewMembers VALUES
  (1, 'Ingrid Solberg', 'captain', '2005-02-14', 'LKH', 9800.00),
  (2, 'Paulo Mendes', 'captain', '2009-06-01', 'PVL', 9400.00),
  (3, 'Siobhan Keane', 'captain', '2012-09-17', 'NMR', 8900.00),
  (4, 'Matthias Vogel', 'captain', '2007-11-05', 'HCF', 9600.00),
  (5, 'Ana Quiroga', 'first officer', '2018-03-12', 'SBR', 6200.00),
  (6, 'Jens Holm', 'first officer', '2020-01-20', 'KSB', 5800.00),
  (7, 'Rita Lobo', 'first officer', '2016-05-30', 'PVL', 6600.00),
  (8, 'Tobias Lenz', 'first officer', '2022-10-03', 'HCF', 5500.00),
  (9, 'Marta Pinheiro', 'cabin attendant', '2015-04-22', 'PVL', 3400.00),
  (10, 'Oisin Walsh', 'cabin attendant', '2019-08-08', 'NMR', 3100.00),
  (11, 'Clara Benitez', 'cabin attendant', '2021-02-25', 'SBR', 2900.00),
  (12, 'Emil Lindgren', 'cabin attendant', '2013-07-01', 'LKH', 3600.00),
  (13, 'Franca Bruno', 'cabin attendant', '2023-05-15', 'HCF', 2900.00),
  (14, 'Duarte Neves', 'trainer', '2003-10-10', NULL, 7100.00);

INSERT INTO Assignments VALUES
  (1, 2, 4.5),
  (1, 7, 4.5),
  (1, 9, 5.0),
  (2, 2, 4.0),
  (2, 7, 4.0),
  (2, 10, 5.0),
  (3, 2, 2.5),
  (3, 5, 2.5),
  (3, 9, 3.0),
  (4, 2, 2.5),
  (4, 5, 2.5),
  (4, 11, 3.0),
  (5, 1, 2.5),
  (5, 6, 2.5),
  (6, 1, 3.0),
  (6, 6, 3.0),
  (6, 12, 3.5),
  (7, 1, 6.0),
  (7, 7, 6.0),
  (7, 12, 6.5),
  (9, 4, 3.0),
  (9, 8, 3.0),
  (9, 13, 3.5),
  (10, 4, 5.5),
  (10, 8, 5.5),
  (11, 3, 4.5),
  (11, 7, 4.5),
  (11, 10, 5.0),
  (12, 3, 4.0),
  (12, 10, 4.5),
  (13, 4, 5.0),
  (13, 8, 5.0),
  (14, 4, 4.5),
  (15, 5, 2.0),
  (16, 5, 2.0),
  (16, 11, 2.5),
  (17, 1, 6.5),
  (17, 9, 7.0);
