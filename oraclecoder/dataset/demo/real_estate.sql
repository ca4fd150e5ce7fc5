-- A real estate agency in one city: agents, properties with their owners and districts, viewings by prospective buyers and the offers they made.
CREATE TABLE District (
  DistrictId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Zone TEXT NOT NULL,
  Population INTEGER NOT NULL,
  AverageRent DECIMAL(8,2)
);

CREATE TABLE Agent (
  AgentId INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  HireDate DATE NOT NULL,
  CommissionRate REAL NOT NULL,
  Phone TEXT
);

CREATE TABLE Owner (
  OwnerId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  HomeTown TEXT NOT NULL,
  Email TEXT
);

CREATE TABLE Property (
  PropertyId INTEGER PRIMARY KEY,
  Address TEXT NOT NULL,
  PropertyType TEXT NOT NULL,
  Bedrooms INTEGER NOT NULL,
  FloorArea REAL NOT NULL,
  YearBuilt INTEGER,
  AskingPrice DECIMAL(12,2) NOT NULL,
  DistrictId INTEGER NOT NULL,
  AgentId INTEGER NOT NULL,
  FOREIGN KEY (DistrictId) REFERENCES District(DistrictId),
  FOREIGN KEY (AgentId) REFERENCES Agent(AgentId)
);

CREATE TABLE PropertyOwner (
  PropertyId INTEGER NOT NULL,
  OwnerId INTEGER NOT NULL,
  SharePercent REAL NOT NULL,
  PRIMARY KEY (PropertyId, OwnerId),
  FOREIGN KEY (PropertyId) REFERENCES Property(PropertyId),
  FOREIGN KEY (OwnerId) REFERENCES Owner(OwnerId)
);

CREATE TABLE Viewing (
  ViewingId INTEGER PRIMARY KEY,
  PropertyId INTEGER NOT NULL,
  AgentId INTEGER NOT NULL,
  VisitorName TEXT NOT NULL,
  ViewingDate DATE NOT NULL,
  Rating INTEGER,
  FOREIGN KEY (PropertyId) REFERENCES Property(PropertyId),
  FOREIGN KEY (AgentId) REFERENCES Agent(AgentId)
);

CREATE TABLE Offer (
  OfferId INTEGER PRIMARY KEY,
  PropertyId INTEGER NOT NULL,
  BuyerName TEXT NOT NULL,
  Amount DECIMAL(12,2) NOT NULL,
  OfferDate DATE NOT NULL,
  Status TEXT NOT NULL,
  FOREIGN KEY (PropertyId) REFERENCES Property(PropertyId)
);

INSERT INTO District VALUES
(1, 'Old Harbour', 'Centre', 18400, 1450.00),
(2, 'Millgate', 'Centre', 12750, 1320.00),
(3, 'Larkfield', 'North', 26300, 980.00),
(4, 'Stonebridge', 'North', 31150, 890.00),
(5, 'Orchard Rise', 'East', 9800, 1150.00),
(6, 'Pinewood', 'West', 14200, 1010.00),
(7, 'Foundry Quarter', 'West', 7600, NULL),
(8, 'Saltmarsh', 'East', 4300, NULL);

INSERT INTO Agent VALUES
(1, 'Helena', 'Marsh', '2012-03-01', 2.5, '555-0141'),
(2, 'Tobias', 'Quill', '2015-09-15', 2.0, '555-0177'),
(3, 'Amira', 'Desai', '2017-01-09', 2.25, '555-0102'),
(4, 'Gordon', 'Pike', '2009-06-22', 3.0, NULL),
(5, 'Lena', 'Fairchild', '2019-11-04', 1.75, '555-0163'),
(6, 'Marcus', 'Odell', '2021-02-15', 1.75, '555-0119'),
(7, 'Yuki', 'Harada', '2022-08-01', 1.5, NULL),
(8, 'Petra', 'Quill', '2023-05-02', 1.5, '555-0188');

INSERT INTO Owner VALUES
(1, 'Bernard Hollis', 'Ashford', 'b.hollis@mail.example'),
(2, 'Celia Hollis', 'Ashford', NULL),
(3, 'Ravi Menon', 'Easton', 'ravi@menon.example'),
(4, 'Judith Crane', 'Whitby', 'jcrane@mail.example'),
(5, 'Anton Veres', 'Easton', NULL),
(6, 'Miriam Stokes', 'Kelso', 'miriam@stokes.example'),
(7, 'Harbour Lane Trust', 'Ashford', 'office@hlt.example'),
(8, 'Duncan Frame', 'Kelso', 'duncan.frame@mail.example'),
(9, 'Paulina Frame', 'Kelso', NULL),
(10, 'Ifeoma Adler', 'Whitby', 'ifeoma@adler.example'),
(11, 'Samuel Tench', 'Easton', 'stench@mail.example'),
(12, 'Greta Lindqvist', 'Marlow', 'greta@lindqvist.example');

INSERT INTO Property VALUES
(1, '4 Quay Street', 'apartment', 2, 78.5, 1998, 312000.00, 1, 1),
(2, '17 Quay Street', 'apartment', 3, 104.0, 2006, 428500.00, 1, 1),
(3, '2 Anchor Row', 'townhouse', 4, 152.0, 1887, 595000.00, 1, 4),
(4, '9 Weir Lane', 'apartment', 1, 46.0, 2014, 219000.00, 2, 3),
(5, '31 Mill Parade', 'townhouse', 3, 118.5, 1921, 402000.00, 2, 3),
(6, '12 Larkfield Road', 'house', 3, 125.0, 1964, 334000.00, 3, 2),
(7, '58 Larkfield Road', 'house', 4, 146.0, 1971, 379500.00, 3, 2),
(8, '3 Thrush Close', 'house', 5, 198.0, 2001, 512000.00, 3, 4),
(9, '71 Bridge Avenue', 'apartment', 2, 69.0, 1978, 184500.00, 4, 5),
(10, '73 Bridge Avenue', 'apartment', 2, 70.5, 1978, 189000.00, 4, 5),
(11, '8 Viaduct Way', 'house', 3, 110.0, NULL, 246000.00, 4, 6),
(12, '1 Orchard Rise', 'house', 4, 171.0, 1936, 468000.00, 5, 1),
(13, '22 Cider Lane', 'bungalow', 2, 88.0, 1959, 298000.00, 5, 6),
(14, '6 Pine Crescent', 'bungalow', 3, 102.5, 1962, 287500.00, 6, 2),
(15, '19 Pine Crescent', 'house', 4, 139.0, 1988, 351000.00, 6, 4),
(16, '5 Foundry Yard', 'apartment', 1, 52.0, 2019, 241000.00, 7, 3),
(17, '14 Foundry Yard', 'apartment', 2, 81.0, 2019, 338000.00, 7, 5),
(18, '40 Kiln Street', 'townhouse', 3, 121.0, NULL, 366000.00, 7, 7),
(19, '11 Pine Crescent', 'house', 3, 112.0, 1990, 310000.00, 6, 6);

INSERT INTO PropertyOwner VALUES
(1, 7, 100), (2, 7, 100), (3, 1, 50), (3, 2, 50), (4, 3, 100), (5, 4, 100),
(6, 5, 100), (7, 8, 60), (7, 9, 40), (8, 10, 100), (9, 3, 100), (10, 3, 50),
(10, 5, 50), (11, 11, 100), (12, 1, 40), (12, 2, 40), (12, 4, 20), (13, 6, 100),
(14, 6, 100), (15, 8, 50), (15, 9, 50), (16, 10, 100), (17, 11, 75), (17, 3, 25),
(18, 7, 100), (19, 8, 100);

INSERT INTO Viewing VALUES
(1, 1, 1, 'Nora Blythe', '2023-02-04', 4),
(2, 1, 1, 'Kofi Mensah', '2023-02-11', 3),
(3, 1, 2, 'Elsa Prior', '2023-02-18', 5),
(4, 3, 4, 'Nora Blythe', '2023-03-02', 5),
(5, 3, 4, 'Victor Lang', '2023-03-09', 4),
(6, 4, 3, 'Jamie Rudd', '2023-03-11', 2),
(7, 5, 3, 'Elsa Prior', '2023-03-25', 3),
(8, 6, 2, 'The Okafors', '2023-04-01', 4),
(9, 6, 5, 'Kofi Mensah', '2023-04-08', 5),
(10, 7, 2, 'The Okafors', '2023-04-08', 3),
(11, 8, 4, 'Victor Lang', '2023-04-22', NULL),
(12, 9, 5, 'Jamie Rudd', '2023-05-06', 4),
(13, 9, 5, 'Dana Whitlow', '2023-05-07', 3),
(14, 9, 6, 'Kofi Mensah', '2023-05-13', 2),
(15, 9, 5, 'Ruth Yardley', '2023-05-20', 4),
(16, 11, 6, 'Dana Whitlow', '2023-06-03', NULL),
(17, 12, 1, 'Victor Lang', '2023-06-10', 5),
(18, 13, 6, 'Ruth Yardley', '2023-06-17', 4),
(19, 14, 2, 'Ruth Yardley', '2023-07-01', 3),
(20, 16, 3, 'Jamie Rudd', '2023-07-15', 5),
(21, 16, 3, 'Nora Blythe', '2023-07-22', 3),
(22, 17, 5, 'Elsa Prior', '2023-08-05', 4),
(23, 18, 7, 'Dana Whitlow', '2023-08-12', 2),
(24, 15, 4, 'Ruth Yardley', '2023-08-19', 3),
(25, 7, 2, 'Ilse Novak', '2023-08-26', NULL);

INSERT INTO Offer VALUES
(1, 1, 'Kofi Mensah', 298000.00, '2023-02-15', 'rejected'),
(2, 1, 'Elsa Prior', 309000.00, '2023-02-21', 'accepted'),
(3, 3, 'Nora Blythe', 560000.00, '2023-03-06', 'rejected'),
(4, 3, 'Victor Lang', 588000.00, '2023-03-14', 'accepted'),
(5, 5, 'Elsa Prior', 380000.00, '2023-03-28', 'withdrawn'),
(6, 6, 'The Okafors', 329000.00, '2023-04-05', 'rejected'),
(7, 6, 'Kofi Mensah', 336500.00, '2023-04-12', 'accepted'),
(8, 7, 'The Okafors', 370000.00, '2023-04-15', 'pending'),
(9, 9, 'Jamie Rudd', 176000.00, '2023-05-09', 'rejected'),
(10, 9, 'Dana Whitlow', 180000.00, '2023-05-12', 'rejected'),
(11, 9, 'Ruth Yardley', 184500.00, '2023-05-23', 'withdrawn'),
(12, 12, 'Victor Lang', 450000.00, '2023-06-15', 'withdrawn'),
(13, 13, 'Ruth Yardley', 290000.00, '2023-06-20', 'rejected'),
(14, 16, 'Jamie Rudd', 241000.00, '2023-07-18', 'accepted'),
(15, 16, 'Nora Blythe', 230000.00, '2023-07-24', 'rejected'),
(16, 17, 'Elsa Prior', 331000.00, '2023-08-09', 'pending'),
(17, 18, 'Dana Whitlow', 340000.00, '2023-08-16', 'pending');
