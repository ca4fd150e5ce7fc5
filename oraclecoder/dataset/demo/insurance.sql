-- An insurance company: policy holders, their policies and the coverage types included, claims handled by adjusters and the payments made on them.
CREATE TABLE Holders (
  HolderId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  City TEXT NOT NULL,
  BirthDate DATE NOT NULL,
  Occupation TEXT,
  CustomerSince INTEGER NOT NULL
);

CREATE TABLE CoverageTypes (
  CoverageId INTEGER PRIMARY KEY,
  CoverageName TEXT NOT NULL,
  Branch TEXT NOT NULL,
  BaseRate REAL NOT NULL
);

CREATE TABLE Policies (
  PolicyId INTEGER PRIMARY KEY,
  PolicyNumber TEXT NOT NULL,
  HolderId INTEGER NOT NULL,
  Branch TEXT NOT NULL,
  StartDate DATE NOT NULL,
  EndDate DATE,
  AnnualPremium DECIMAL(8,2) NOT NULL,
  FOREIGN KEY (HolderId) REFERENCES Holders(HolderId)
);

CREATE TABLE PolicyCoverages (
  PolicyId INTEGER NOT NULL,
  CoverageId INTEGER NOT NULL,
  InsuredSum DECIMAL(10,2) NOT NULL,
  Deductible INTEGER,
  PRIMARY KEY (PolicyId, CoverageId),
  FOREIGN KEY (PolicyId) REFERENCES Policies(PolicyId),
  FOREIGN KEY (CoverageId) REFERENCES CoverageTypes(CoverageId)
);

CREATE TABLE Adjusters (
  AdjusterId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Region TEXT NOT NULL,
  YearsExperience INTEGER NOT NULL,
  Salary DECIMAL(9,2) NOT NULL
);

CREATE TABLE Claims (
  ClaimId INTEGER PRIMARY KEY,
  PolicyId INTEGER NOT NULL,
  AdjusterId INTEGER,
  ClaimDate DATE NOT NULL,
  Cause TEXT NOT NULL,
  AmountClaimed DECIMAL(10,2) NOT NULL,
  Status TEXT NOT NULL,
  FOREIGN KEY (PolicyId) REFERENCES Policies(PolicyId),
  FOREIGN KEY (AdjusterId) REFERENCES Adjusters(AdjusterId)
);

CREATE TABLE Payments (
  PaymentId INTEGER PRIMARY KEY,
  ClaimId INTEGER NOT NULL,
  PaidOn DATE NOT NULL,
  Amount DECIMAL(10,2) NOT NULL,
  Method TEXT NOT NULL,
  FOREIGN KEY (ClaimId) REFERENCES Claims(ClaimId)
);

INSERT INTO Holders VALUES
(1, 'Edith Baumann', 'Kiel', '1958-03-11', 'retired teacher', 1994),
(2, 'Oskar Lindt', 'Bremen', '1984-07-22', 'electrician', 2010),
(3, 'Farida Nasser', 'Hanover', '1979-12-05', 'dentist', 2008),
(4, 'Jochen Prill', 'Kiel', '1991-01-30', 'baker', 2016),
(5, 'Theresa Vogel', 'Rostock', '1966-09-18', NULL, 1999),
(6, 'Bogdan Ilic', 'Bremen', '1988-05-14', 'truck driver', 2015),
(7, 'Miriam Ostrow', 'Hanover', '1995-11-27', 'nurse', 2019),
(8, 'Karl-Heinz Dorn', 'Rostock', '1951-02-08', NULL, 1994),
(9, 'Anja Feddersen', 'Kiel', '1982-06-03', 'architect', 2012),
(10, 'Tomasz Wrona', 'Bremen', '1976-10-16', 'carpenter', 2008),
(11, 'Selma Akin', 'Hanover', '2000-04-21', 'student', 2021),
(12, 'Rolf Pagel', 'Lübeck', '1970-08-09', 'electrician', 2005);

INSERT INTO CoverageTypes VALUES
(1, 'collision', 'auto', 1.8),
(2, 'third-party liability', 'auto', 1.2),
(3, 'car theft', 'auto', 0.7),
(4, 'fire', 'home', 0.9),
(5, 'water damage', 'home', 1.1),
(6, 'burglary', 'home', 0.8),
(7, 'hail and storm', 'home', 1.0),
(8, 'trip cancellation', 'travel', 2.4),
(9, 'medical abroad', 'travel', 1.9),
(10, 'lost luggage', 'travel', 0.6);

INSERT INTO Policies VALUES
(1, 'A-1001', 1, 'auto', '2015-04-01', NULL, 525.00),
(2, 'H-2001', 1, 'home', '1998-01-01', NULL, 410.00),
(3, 'A-1002', 2, 'auto', '2018-06-15', NULL, 735.00),
(4, 'H-2002', 3, 'home', '2012-09-01', NULL, 640.00),
(5, 'T-3001', 3, 'travel', '2022-05-01', '2023-04-30', 98.00),
(6, 'A-1003', 4, 'auto', '2017-03-20', '2022-03-19', 890.00),
(7, 'H-2003', 5, 'home', '2001-07-01', NULL, 385.00),
(8, 'A-1004', 6, 'auto', '2016-02-10', NULL, 980.00),
(9, 'T-3002', 7, 'travel', '2022-12-01', '2023-11-30', 120.00),
(10, 'A-1005', 7, 'auto', '2020-08-05', NULL, 810.00),
(11, 'H-2004', 8, 'home', '1994-10-01', '2022-09-30', 355.00),
(12, 'H-2005', 9, 'home', '2014-05-15', NULL, 720.00),
(13, 'A-1006', 9, 'auto', '2013-11-01', NULL, 465.00),
(14, 'T-3003', 9, 'travel', '2023-01-01', NULL, 140.00),
(15, 'A-1007', 10, 'auto', '2009-04-22', NULL, 540.00),
(16, 'H-2006', 10, 'home', '2009-04-22', NULL, 505.00),
(17, 'T-3004', 11, 'travel', '2023-02-15', '2023-08-14', 60.00),
(18, 'A-1008', 12, 'auto', '2019-10-30', NULL, 610.00);

INSERT INTO PolicyCoverages VALUES
(1, 1, 18000.00, 300), (1, 2, 500000.00, NULL), (2, 4, 240000.00, 500), (2, 5, 60000.00, 250),
(3, 2, 500000.00, NULL), (3, 3, 15000.00, 150), (4, 4, 380000.00, 500), (4, 5, 90000.00, 250),
(4, 6, 50000.00, 200), (4, 7, 120000.00, 400), (5, 8, 4000.00, 100), (5, 9, 100000.00, NULL),
(6, 1, 22000.00, 500), (6, 2, 750000.00, NULL), (6, 3, 22000.00, 150), (7, 4, 210000.00, 500),
(7, 7, 80000.00, 400), (8, 1, 35000.00, 500), (8, 2, 750000.00, NULL), (9, 9, 200000.00, NULL),
(9, 10, 1500.00, 50), (10, 1, 16000.00, 300), (10, 2, 500000.00, NULL), (11, 4, 190000.00, 1000),
(12, 4, 420000.00, 500), (12, 5, 110000.00, 250), (12, 6, 75000.00, 200), (13, 2, 500000.00, NULL),
(14, 8, 6000.00, 100), (14, 9, 200000.00, NULL), (14, 10, 2000.00, 50), (15, 2, 500000.00, NULL),
(15, 3, 9000.00, 150), (16, 5, 70000.00, 250), (16, 7, 95000.00, 400), (17, 9, 100000.00, 50),
(18, 1, 27000.00, 300), (18, 2, 500000.00, NULL);

INSERT INTO Adjusters VALUES
(1, 'Henrike Sturm', 'North', 12, 58400.00),
(2, 'Paul Okonjo', 'North', 4, 44900.00),
(3, 'Silke Brandis', 'West', 21, 66700.00),
(4, 'Dario Conti', 'West', 7, 49300.00),
(5, 'Lars Heym', 'East', 9, 51200.00),
(6, 'Vera Nowotny', 'East', 2, 41000.00),
(7, 'Ulf Matthes', 'South', 15, 60100.00),
(8, 'Jana Ruck', 'South', 1, 39500.00);

INSERT INTO Claims VALUES
(1, 1, 1, '2021-01-19', 'icy road', 3450.00, 'paid'),
(2, 2, 1, '2021-08-02', 'burst pipe', 7200.00, 'paid'),
(3, 3, 3, '2021-11-14', 'theft', 12400.00, 'paid'),
(4, 4, 4, '2022-02-17', 'storm', 9800.00, 'paid'),
(5, 6, 2, '2021-06-30', 'parking accident', 1250.00, 'rejected'),
(6, 6, 2, '2022-01-08', 'icy road', 5600.00, 'paid'),
(7, 7, 5, '2022-02-18', 'storm', 6150.00, 'paid'),
(8, 8, 3, '2022-05-23', 'rear-end collision', 8900.00, 'paid'),
(9, 8, 3, '2023-01-11', 'icy road', 4300.00, 'open'),
(10, 9, 4, '2023-03-05', 'broken leg', 5400.00, 'paid'),
(11, 10, NULL, '2023-06-12', 'parking accident', 980.00, 'open'),
(12, 11, 5, '2022-07-21', 'kitchen fire', 31000.00, 'rejected'),
(13, 12, 1, '2022-10-09', 'burglary', 14200.00, 'paid'),
(14, 12, 2, '2023-02-27', 'burst pipe', 4800.00, 'paid'),
(15, 14, 4, '2023-05-18', 'lost suitcase', 1350.00, 'paid'),
(16, 15, 3, '2022-12-20', 'icy road', 2750.00, 'rejected'),
(17, 16, 3, '2022-02-18', 'storm', 11300.00, 'paid'),
(18, 17, 6, '2023-07-02', 'food poisoning', 860.00, 'open'),
(19, 5, 4, '2022-09-13', 'flight cancelled', 1900.00, 'paid'),
(20, 4, NULL, '2023-07-30', 'burst pipe', 3900.00, 'open');

INSERT INTO Payments VALUES
(1, 1, '2021-02-10', 3150.00, 'bank transfer'),
(2, 2, '2021-08-30', 4000.00, 'bank transfer'),
(3, 2, '2021-10-15', 2950.00, 'bank transfer'),
(4, 3, '2022-01-05', 12250.00, 'cheque'),
(5, 4, '2022-03-21', 5000.00, 'bank transfer'),
(6, 4, '2022-05-02', 4400.00, 'bank transfer'),
(7, 6, '2022-02-14', 5100.00, 'repair shop'),
(8, 7, '2022-03-30', 5750.00, 'bank transfer'),
(9, 8, '2022-06-27', 8400.00, 'repair shop'),
(10, 10, '2023-03-28', 3000.00, 'direct to hospital'),
(11, 10, '2023-04-19', 2400.00, 'bank transfer'),
(12, 13, '2022-11-16', 10000.00, 'bank transfer'),
(13, 13, '2023-01-09', 4000.00, 'cheque'),
(14, 14, '2023-04-03', 4550.00, 'bank transfer'),
(15, 15, '2023-06-14', 1300.00, 'bank transfer'),
(16, 17, '2022-04-11', 10900.00, 'bank transfer'),
(17, 19, '2022-10-20', 1800.00, 'cheque'),
(18, 13, '2023-02-20', 150.00, 'bank transfer');
