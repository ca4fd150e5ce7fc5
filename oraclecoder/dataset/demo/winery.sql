-- A family winery: vineyards, grape varieties, the wines blended from them, tastings by invited tasters, and sales.
CREATE TABLE Vineyard (
  VineyardId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Region TEXT NOT NULL,
  Hectares REAL NOT NULL,
  PlantedYear INTEGER NOT NULL,
  Altitude INTEGER,
  Soil TEXT NOT NULL
);
CREATE TABLE Grape (
  GrapeId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Colour TEXT NOT NULL,
  HomeCountry TEXT,
  RipensIn TEXT NOT NULL
);
CREATE TABLE Wine (
  WineId INTEGER PRIMARY KEY,
  VineyardId INTEGER NOT NULL,
  Name TEXT NOT NULL,
  Vintage INTEGER NOT NULL,
  Style TEXT NOT NULL,
  Alcohol REAL NOT NULL,
  BottlesMade INTEGER NOT NULL,
  Price DECIMAL(8,2) NOT NULL,
  OakMonths INTEGER,
  FOREIGN KEY (VineyardId) REFERENCES Vineyard(VineyardId)
);
CREATE TABLE WineGrape (
  WineId INTEGER NOT NULL,
  GrapeId INTEGER NOT NULL,
  Percent INTEGER NOT NULL,
  PRIMARY KEY (WineId, GrapeId),
  FOREIGN KEY (WineId) REFERENCES Wine(WineId),
  FOREIGN KEY (GrapeId) REFERENCES Grape(GrapeId)
);
CREATE TABLE Taster (
  TasterId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  City TEXT NOT NULL,
  Employer TEXT,
  YearsTasting INTEGER NOT NULL
);
CREATE TABLE Tasting (
  TastingId INTEGER PRIMARY KEY,
  WineId INTEGER NOT NULL,
  TasterId INTEGER NOT NULL,
  TastedOn DATE NOT NULL,
  Score INTEGER NOT NULL,
  Remark TEXT,
  FOREIGN KEY (WineId) REFERENCES Wine(WineId),
  FOREIGN KEY (TasterId) REFERENCES Taster(TasterId)
);
CREATE TABLE Sale (
  SaleId INTEGER PRIMARY KEY,
  WineId INTEGER NOT NULL,
  Buyer TEXT NOT NULL,
  Country TEXT NOT NULL,
  SoldOn DATE NOT NULL,
  Bottles INTEGER NOT NULL,
  Amount DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (WineId) REFERENCES Wine(WineId)
);

INSERT INTO Vineyard VALUES
(1,'Upper Terrace','Valdoro',6.5,1968,410,'slate'),
(2,'Chapel Slope','Valdoro',3.2,1951,385,'limestone'),
(3,'Fox Meadow','Low Marsh',11.0,1994,35,'clay'),
(4,'Stone Orchard','Brenta Hills',4.8,1982,270,'limestone'),
(5,'The Amphitheatre','Brenta Hills',7.4,2003,305,'gravel'),
(6,'Widow''s Field','Low Marsh',2.1,1977,NULL,'clay'),
(7,'Seven Pines','Valdoro',5.0,2011,460,'slate'),
(8,'New Planting','Brenta Hills',1.6,2021,320,'gravel');

INSERT INTO Grape VALUES
(1,'Riesling','white','Germany','October'),
(2,'Merlot','red','France','September'),
(3,'Syrah','red','France','September'),
(4,'Tempranillo','red','Spain','September'),
(5,'Chardonnay','white','France','August'),
(6,'Malvasia','white',NULL,'October'),
(7,'Nebbiolo','red','Italy','October'),
(8,'Pinot Noir','red','France','August'),
(9,'Furmint','white','Hungary','October'),
(10,'Grenache','red','Spain','October');

INSERT INTO Wine VALUES
(1,1,'Slate Riesling',2019,'white',11.5,4200,18.50,NULL),
(2,1,'Slate Riesling Reserve',2018,'white',12.0,1300,34.00,6),
(3,2,'Chapel Red',2017,'red',13.5,2600,27.00,14),
(4,2,'Chapel Grand',2016,'red',14.0,800,62.00,24),
(5,3,'Fox Meadow White',2021,'white',12.0,9800,9.50,NULL),
(6,3,'Fox Meadow Rose',2021,'rose',12.5,7400,10.25,NULL),
(7,4,'Orchard Chardonnay',2020,'white',13.0,3100,21.00,8),
(8,4,'Limestone Blend',2018,'red',13.5,2200,24.50,12),
(9,5,'Arena',2019,'red',14.5,1900,38.00,18),
(10,5,'Arena Rose',2020,'rose',12.5,2800,14.00,NULL),
(11,6,'Late Bell',2017,'sweet',10.0,450,45.00,10),
(12,7,'Pine Resin',2022,'white',12.5,1500,16.75,NULL),
(13,7,'Seven',2020,'red',14.0,1700,29.00,14),
(14,3,'Marsh Sparkling',2020,'sparkling',12.0,3600,19.00,NULL),
(15,1,'Terrace Frost',2018,'sweet',9.5,300,55.00,NULL);

INSERT INTO WineGrape VALUES
(1,1,100),(2,1,100),(3,2,60),(3,3,40),(4,7,100),(5,5,55),(5,6,45),(6,10,80),(6,2,20),
(7,5,100),(8,2,50),(8,4,30),(8,3,20),(9,3,70),(9,10,30),(10,10,65),(10,8,35),(11,6,85),(11,1,15),
(12,1,60),(12,6,40),(13,4,75),(13,3,25),(14,5,70),(14,8,30),(15,1,100);

INSERT INTO Taster VALUES
(1,'Amelie Roth','Basel','Cellar Post',22),
(2,'Dario Nunes','Porto','Vinho Hoje',15),
(3,'Sophie Lambert','Lyon',NULL,8),
(4,'Gareth Pugh','Cardiff','Cellar Post',31),
(5,'Hana Molnar','Pecs',NULL,12),
(6,'Rolf Eckert','Basel','Hotel Krone',5),
(7,'Teresa Alba','Porto','Vinho Hoje',19),
(8,'Quentin Moss','Leeds',NULL,3),
(9,'Nora Iversen','Bergen','Fjord Table',15);

INSERT INTO Tasting VALUES
(1,1,1,'2020-05-14',88,'crisp, a little short'),
(2,1,2,'2020-05-14',86,NULL),
(3,2,1,'2020-05-14',92,'long and mineral'),
(4,3,4,'2019-11-02',89,'firm tannin'),
(5,4,4,'2019-11-02',95,'will keep for decades'),
(6,4,1,'2021-03-20',94,NULL),
(7,5,3,'2022-04-09',81,'simple'),
(8,6,3,'2022-04-09',83,'strawberry'),
(9,7,2,'2021-09-15',87,NULL),
(10,8,5,'2020-10-30',85,'needs air'),
(11,9,7,'2021-09-15',91,'pepper and smoke'),
(12,9,2,'2021-09-15',90,NULL),
(13,10,6,'2022-04-09',79,'faded'),
(14,11,5,'2020-10-30',93,'apricot, honey'),
(15,11,4,'2021-03-20',96,'the best sweet wine of the day'),
(16,12,6,'2023-06-11',84,NULL),
(17,13,7,'2023-06-11',88,'dark cherry'),
(18,14,3,'2022-04-09',85,'fine bubbles'),
(19,14,9,'2023-06-11',87,NULL),
(20,3,9,'2023-06-11',84,'tired'),
(21,5,6,'2022-04-09',77,'thin'),
(22,9,4,'2023-06-11',93,'better with age'),
(23,2,5,'2021-03-20',90,NULL);

INSERT INTO Sale VALUES
(1,1,'Krone Hotels','Switzerland','2021-02-10',240,4080.00),
(2,1,'Blue Door Wines','United Kingdom','2021-04-22',600,9600.00),
(3,3,'Blue Door Wines','United Kingdom','2021-04-22',180,4500.00),
(4,4,'Maison Perrin','France','2021-06-03',60,3720.00),
(5,5,'Fresh Basket','Germany','2022-05-16',3000,24000.00),
(6,6,'Fresh Basket','Germany','2022-05-16',2400,21600.00),
(7,5,'Harbour Bistro','Norway','2022-06-01',360,3240.00),
(8,7,'Krone Hotels','Switzerland','2022-03-18',300,5850.00),
(9,9,'Blue Door Wines','United Kingdom','2022-09-27',240,8640.00),
(10,9,'Maison Perrin','France','2022-10-12',120,4560.00),
(11,11,'Maison Perrin','France','2022-10-12',48,2160.00),
(12,10,'Fresh Basket','Germany','2022-05-16',900,11250.00),
(13,2,'Krone Hotels','Switzerland','2021-02-10',120,3960.00),
(14,14,'Harbour Bistro','Norway','2022-12-05',180,3330.00),
(15,14,'Casa Ribeiro','Portugal','2023-02-14',240,4320.00),
(16,13,'Casa Ribeiro','Portugal','2023-02-14',150,4200.00),
(17,8,'Fresh Basket','Germany','2023-05-09',600,13200.00),
(18,1,'Harbour Bistro','Norway','2023-06-20',120,2160.00),
(19,6,'Harbour Bistro','Norway','2023-06-20',300,2970.00),
(20,4,'Krone Hotels','Switzerland','2023-09-08',36,2232.00);
