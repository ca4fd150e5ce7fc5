-- A parcel courier company: depots, drivers, vans, the routes they drive, parcels and the attempts made to deliver them.
CREATE TABLE depot (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  opened DATE NOT NULL,
  manager TEXT
);
CREATE TABLE van (
  id INTEGER PRIMARY KEY,
  depot_id INTEGER NOT NULL,
  plate TEXT NOT NULL,
  fuel TEXT NOT NULL,
  max_load_kg INTEGER NOT NULL,
  mileage_km INTEGER NOT NULL,
  next_service DATE,
  FOREIGN KEY (depot_id) REFERENCES depot(id)
);
CREATE TABLE driver (
  id INTEGER PRIMARY KEY,
  depot_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  birth_year INTEGER NOT NULL,
  hired DATE NOT NULL,
  hourly_pay DECIMAL(5,2) NOT NULL,
  phone TEXT,
  FOREIGN KEY (depot_id) REFERENCES depot(id)
);
CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  depot_id INTEGER NOT NULL,
  van_id INTEGER,
  name TEXT NOT NULL,
  distance_km REAL NOT NULL,
  stops INTEGER NOT NULL,
  FOREIGN KEY (depot_id) REFERENCES depot(id),
  FOREIGN KEY (van_id) REFERENCES van(id)
);
CREATE TABLE driver_route (
  driver_id INTEGER NOT NULL,
  route_id INTEGER NOT NULL,
  weekday TEXT NOT NULL,
  PRIMARY KEY (driver_id, route_id, weekday),
  FOREIGN KEY (driver_id) REFERENCES driver(id),
  FOREIGN KEY (route_id) REFERENCES route(id)
);
CREATE TABLE parcel (
  id INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL,
  tracking_code TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  service TEXT NOT NULL,
  weight_kg REAL NOT NULL,
  price DECIMAL(6,2) NOT NULL,
  insured_value DECIMAL(8,2),
  posted DATE NOT NULL,
  FOREIGN KEY (route_id) REFERENCES route(id)
);
CREATE TABLE delivery_attempt (
  id INTEGER PRIMARY KEY,
  parcel_id INTEGER NOT NULL,
  driver_id INTEGER NOT NULL,
  attempt_date DATE NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT,
  FOREIGN KEY (parcel_id) REFERENCES parcel(id),
  FOREIGN KEY (driver_id) REFERENCES driver(id)
);

INSERT INTO depot VALUES
(1,'Canal Street','Ellerton',5200,'2008-04-01','Judith Marrow'),
(2,'Ringway','Ellerton',8800,'2016-09-12','Stefan Pohl'),
(3,'Dockside','Wexham',6100,'2011-02-21','Amina Yusuf'),
(4,'Quarry Park','Stonebridge',3000,'2013-06-03',NULL),
(5,'Airport Hub','Wexham',14500,'2019-11-18','Callum Reyes'),
(6,'Mill End','Tarrow',1200,'2022-03-07',NULL),
(7,'Northgate','Tarrow',2500,'2023-10-02','Beatriz Lobo'),
(8,'Old Brewery','Stonebridge',1800,'2005-01-17','Ivan Petrov');

INSERT INTO van VALUES
(1,1,'EL 204 K','diesel',1200,184300,'2023-07-01'),
(2,1,'EL 377 M','electric',900,41200,'2023-11-15'),
(3,2,'EL 518 B','diesel',1500,97650,'2023-06-20'),
(4,2,'EL 690 C','electric',900,22100,NULL),
(5,3,'WX 112 A','diesel',1200,210400,'2023-05-09'),
(6,3,'WX 145 F','petrol',800,132750,'2023-08-30'),
(7,4,'SB 031 P','diesel',1000,156000,'2023-06-12'),
(8,5,'WX 820 T','electric',1400,18900,NULL),
(9,5,'WX 821 T','electric',1400,20350,'2024-01-22'),
(10,5,'WX 833 R','diesel',2000,64800,'2023-09-04'),
(11,6,'TA 009 D','petrol',700,88200,'2023-06-28'),
(12,8,'SB 044 L','diesel',1000,243900,'2023-05-30');

INSERT INTO driver VALUES
(1,1,'Marvin Teale',1979,'2010-05-17',16.40,'555-0101'),
(2,1,'Sunita Rao',1991,'2018-02-05',15.10,'555-0102'),
(3,2,'Olek Zielny',1986,'2016-10-03',15.80,NULL),
(4,2,'Fiona Garrity',1995,'2021-08-23',13.90,'555-0104'),
(5,3,'Abel Mensah',1974,'2011-03-14',17.20,'555-0105'),
(6,3,'Rosie Clegg',1998,'2022-01-10',13.50,'555-0106'),
(7,4,'Dylan Frost',1988,'2014-07-28',15.10,NULL),
(8,5,'Leila Haddad',1990,'2019-12-02',15.60,'555-0108'),
(9,5,'Tobias Krull',1983,'2020-04-20',14.80,'555-0109'),
(10,5,'Winnie Achieng',1999,'2023-01-16',13.20,NULL),
(11,6,'Gordon Pike',1966,'2022-03-21',14.20,'555-0111'),
(12,8,'Marta Silveira',1981,'2007-09-10',16.90,'555-0112'),
(13,2,'Jamie Orchard',2001,'2023-04-11',13.20,'555-0113'),
(14,7,'Petra Vanek',1992,'2023-10-09',14.20,'555-0114');

INSERT INTO route VALUES
(1,1,1,'Old Town Loop',24.5,62),
(2,1,2,'Market and Station',15.2,71),
(3,2,3,'Western Suburbs',48.0,55),
(4,2,4,'University Quarter',18.7,80),
(5,3,5,'Harbour Villages',76.3,38),
(6,3,6,'Wexham Centre',21.9,66),
(7,4,7,'Quarry Towns',63.5,29),
(8,5,8,'Business Parks',35.4,44),
(9,5,10,'Coast Road',92.8,33),
(10,6,11,'Tarrow Valley',58.1,24),
(11,8,12,'Stonebridge Hills',49.6,27),
(12,5,9,'Airport Hotels',12.6,18),
(13,7,NULL,'Northgate Trial',30.0,20);

INSERT INTO driver_route VALUES
(1,1,'Monday'),(1,1,'Wednesday'),(2,2,'Monday'),(2,2,'Tuesday'),(2,1,'Friday'),
(3,3,'Monday'),(3,3,'Thursday'),(4,4,'Tuesday'),(4,3,'Friday'),
(5,5,'Monday'),(5,5,'Friday'),(6,6,'Wednesday'),(6,5,'Saturday'),
(7,7,'Tuesday'),(7,7,'Thursday'),(8,8,'Monday'),(8,12,'Saturday'),(8,9,'Wednesday'),
(9,9,'Tuesday'),(9,12,'Friday'),(10,12,'Monday'),(11,10,'Monday'),(11,10,'Thursday'),
(12,11,'Wednesday'),(12,7,'Saturday'),(13,4,'Saturday'),(2,2,'Thursday');

INSERT INTO parcel VALUES
(1,1,'CX1001','Hollis Books','Nadine Frey','standard',1.2,4.90,NULL,'2023-05-02'),
(2,1,'CX1002','Bellweather Shoes','Oscar Lunn','standard',2.4,6.20,NULL,'2023-05-02'),
(3,2,'CX1003','Hollis Books','Keith Amory','express',0.8,8.50,NULL,'2023-05-03'),
(4,3,'CX1004','Gardenwise','Tina Bosch','standard',14.5,15.30,80.00,'2023-05-03'),
(5,4,'CX1005','Volt & Wire','Ugo Salieri','express',3.1,11.90,450.00,'2023-05-04'),
(6,4,'CX1006','Hollis Books','Ugo Salieri','economy',2.0,3.70,NULL,'2023-05-04'),
(7,5,'CX1007','Gardenwise','Harbour Inn','standard',22.0,21.40,150.00,'2023-05-08'),
(8,5,'CX1008','Volt & Wire','Sheila Maddox','express',6.7,16.10,900.00,'2023-05-08'),
(9,6,'CX1009','Bellweather Shoes','Lars Engel','standard',1.9,5.60,NULL,'2023-05-09'),
(10,7,'CX1010','Pantry Direct','Ruth Calloway','economy',9.3,7.80,NULL,'2023-05-10'),
(11,8,'CX1011','Volt & Wire','Brightline Ltd','express',12.6,24.00,2200.00,'2023-05-11'),
(12,8,'CX1012','Inkwell Supplies','Brightline Ltd','standard',7.5,9.90,NULL,'2023-05-11'),
(13,9,'CX1013','Pantry Direct','Sol Ferreira','economy',11.0,8.60,NULL,'2023-05-15'),
(14,9,'CX1014','Bellweather Shoes','Mona Kite','standard',1.4,5.10,NULL,'2023-05-15'),
(15,10,'CX1015','Gardenwise','Agnes Doyle','standard',18.2,18.70,120.00,'2023-05-16'),
(16,11,'CX1016','Hollis Books','Ruben Castle','economy',4.4,5.00,NULL,'2023-05-17'),
(17,12,'CX1017','Inkwell Supplies','Hotel Meridian','express',5.2,13.40,NULL,'2023-05-18'),
(18,2,'CX1018','Pantry Direct','Keith Amory','standard',6.0,8.20,NULL,'2023-05-22'),
(19,3,'CX1019','Volt & Wire','Joan Petty','standard',2.7,6.90,310.00,'2023-05-22'),
(20,6,'CX1020','Inkwell Supplies','Lars Engel','express',0.5,7.90,NULL,'2023-05-23'),
(21,1,'CX1021','Gardenwise','Nadine Frey','economy',8.8,7.40,NULL,'2023-05-24'),
(22,5,'CX1022','Pantry Direct','Harbour Inn','express',16.4,27.50,60.00,'2023-05-25');

INSERT INTO delivery_attempt VALUES
(1,1,1,'2023-05-03','delivered',NULL),
(2,2,1,'2023-05-03','nobody home','card left'),
(3,2,2,'2023-05-05','delivered',NULL),
(4,3,2,'2023-05-04','delivered','signed by neighbour'),
(5,4,3,'2023-05-04','refused','box damaged'),
(6,5,4,'2023-05-09','nobody home',NULL),
(7,5,13,'2023-05-13','delivered',NULL),
(8,6,4,'2023-05-09','nobody home',NULL),
(9,6,13,'2023-05-13','nobody home','card left'),
(10,6,4,'2023-05-16','delivered',NULL),
(11,7,5,'2023-05-12','delivered',NULL),
(12,8,5,'2023-05-12','wrong address',NULL),
(13,8,6,'2023-05-13','delivered','new address by phone'),
(14,9,6,'2023-05-10','delivered',NULL),
(15,10,7,'2023-05-11','nobody home','dog in yard'),
(16,10,12,'2023-05-13','delivered',NULL),
(17,11,8,'2023-05-15','delivered',NULL),
(18,12,8,'2023-05-15','delivered',NULL),
(19,13,9,'2023-05-16','wrong address',NULL),
(20,14,9,'2023-05-16','delivered',NULL),
(21,15,11,'2023-05-18','delivered','left in barn'),
(22,16,12,'2023-05-24','refused',NULL),
(23,17,10,'2023-05-22','delivered',NULL),
(24,18,2,'2023-05-23','delivered',NULL),
(25,19,3,'2023-05-25','nobody home','card left'),
(26,13,8,'2023-05-17','delivered',NULL),
(27,19,4,'2023-05-26','delivered',NULL);
