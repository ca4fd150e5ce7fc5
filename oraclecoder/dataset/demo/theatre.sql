-- A repertory theatre: plays and their roles, the actors cast in them, performances in several halls and the tickets sold.
CREATE TABLE Plays (
  PlayId INTEGER PRIMARY KEY,
  Title TEXT NOT NULL,
  Author TEXT,
  Genre TEXT NOT NULL,
  YearWritten INTEGER NOT NULL,
  Acts INTEGER NOT NULL,
  Minutes INTEGER NOT NULL
);
CREATE TABLE Halls (
  HallId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Seats INTEGER NOT NULL,
  Floor INTEGER NOT NULL,
  RenovatedIn INTEGER
);
CREATE TABLE Actors (
  ActorId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  BirthYear INTEGER NOT NULL,
  HomeTown TEXT NOT NULL,
  Agency TEXT
);
CREATE TABLE Roles (
  RoleId INTEGER PRIMARY KEY,
  PlayId INTEGER NOT NULL,
  RoleName TEXT NOT NULL,
  Weight TEXT NOT NULL,
  LineCount INTEGER,
  FOREIGN KEY (PlayId) REFERENCES Plays(PlayId)
);
CREATE TABLE Castings (
  ActorId INTEGER NOT NULL,
  RoleId INTEGER NOT NULL,
  Since DATE NOT NULL,
  NightlyFee DECIMAL(7,2),
  PRIMARY KEY (ActorId, RoleId),
  FOREIGN KEY (ActorId) REFERENCES Actors(ActorId),
  FOREIGN KEY (RoleId) REFERENCES Roles(RoleId)
);
CREATE TABLE Performances (
  PerformanceId INTEGER PRIMARY KEY,
  PlayId INTEGER NOT NULL,
  HallId INTEGER NOT NULL,
  PlayedOn DATE NOT NULL,
  Director TEXT NOT NULL,
  Audience INTEGER,
  FOREIGN KEY (PlayId) REFERENCES Plays(PlayId),
  FOREIGN KEY (HallId) REFERENCES Halls(HallId)
);
CREATE TABLE Tickets (
  TicketId INTEGER PRIMARY KEY,
  PerformanceId INTEGER NOT NULL,
  Buyer TEXT NOT NULL,
  SeatRow TEXT,
  Price DECIMAL(6,2) NOT NULL,
  SoldOn DATE NOT NULL,
  FOREIGN KEY (PerformanceId) REFERENCES Performances(PerformanceId)
);

INSERT INTO Plays VALUES
(1,'The Salt Merchant','Edda Rowan','drama',1954,3,140),
(2,'Two Left Gloves','Piers Amblecote','comedy',1978,2,95),
(3,'A Lantern for Osric','Edda Rowan','tragedy',1961,5,165),
(4,'Tea at the Weighbridge','Nadia Ferro','comedy',2009,2,100),
(5,'Ropemaker''s Hill','Josef Halm','drama',1933,4,150),
(6,'Hush, Harriet','Piers Amblecote','farce',1985,3,110),
(7,'Winter Ferry','Nadia Ferro','drama',2016,1,80),
(8,'Nine Nights in Marl',NULL,'tragedy',1611,5,180),
(9,'The Borrowed Hat','Lotte Brand','farce',1929,3,105),
(10,'Paper Generals','Lotte Brand','comedy',1947,3,125),
(11,'Songs from the Quarry','Ivo Castell','musical',2019,2,135);

INSERT INTO Halls VALUES
(1,'Great Hall',620,0,2011),
(2,'Studio',90,2,2018),
(3,'Garden Stage',240,0,NULL),
(4,'Cellar',60,-1,2005),
(5,'Balcony Room',120,2,NULL),
(6,'Old Foundry',310,0,1999),
(7,'Rehearsal Loft',45,3,NULL),
(8,'Annexe',120,1,2018);

INSERT INTO Actors VALUES
(1,'Adela Finch',1984,'Marlow Bay','Starling'),
(2,'Bruno Takacs',1971,'Ostrava','Northlight'),
(3,'Cecily Obi',1992,'Leeds','Starling'),
(4,'Dmitri Vale',1965,'Riga',NULL),
(5,'Eleanor Prewitt',1958,'Leeds','Curtain House'),
(6,'Farid Mansour',1988,'Lyon','Northlight'),
(7,'Greta Holm',1979,'Bergen','Northlight'),
(8,'Hugo Prewitt',1990,'Leeds',NULL),
(9,'Imogen Tate',2000,'Cardiff','Starling'),
(10,'Jonas Kerr',1984,'Cardiff','Curtain House'),
(11,'Kezia Lowell',1996,'Bristol',NULL),
(12,'Lionel Szabo',1949,'Ostrava','Curtain House'),
(13,'Mei Sandoval',1992,'Bristol','Starling'),
(14,'Noel Archer',2002,'Leeds',NULL);

INSERT INTO Roles VALUES
(1,1,'Gideon Marsh','lead',310),
(2,1,'Widow Penrose','supporting',145),
(3,1,'Harbour Clerk','minor',22),
(4,2,'Mr Pettifer','lead',280),
(5,2,'Miss Lowe','lead',265),
(6,3,'Osric','lead',402),
(7,3,'Queen Aldith','supporting',190),
(8,3,'Messenger','minor',14),
(9,4,'Rosa','lead',233),
(10,4,'The Inspector','supporting',98),
(11,5,'Old Anselm','lead',255),
(12,5,'Klara','supporting',160),
(13,5,'Berta','supporting',145),
(14,6,'Harriet','lead',298),
(15,6,'The Vicar','supporting',120),
(16,6,'Delivery Boy','minor',NULL),
(17,7,'Ferryman','lead',210),
(18,7,'Stranger','supporting',185),
(19,8,'Duke of Marl','lead',450),
(20,8,'Messenger','minor',18),
(21,9,'The Hatter','lead',NULL),
(22,11,'Foreman','lead',170),
(23,11,'Blind Singer','supporting',40);

INSERT INTO Castings VALUES
(2,1,'2021-08-01',310.00),(5,2,'2021-08-01',240.00),(8,3,'2021-08-01',75.00),(11,3,'2022-03-15',80.00),
(10,4,'2022-01-10',260.00),(1,5,'2022-01-10',260.00),
(6,6,'2021-10-05',390.00),(7,7,'2021-10-05',275.00),(8,8,'2021-10-05',70.00),
(1,9,'2022-09-01',250.00),(12,10,'2022-09-01',180.00),(4,10,'2023-02-01',150.00),
(12,11,'2021-09-12',350.00),(3,12,'2021-09-12',205.00),(13,13,'2021-09-12',205.00),
(7,14,'2022-11-20',320.00),(10,15,'2022-11-20',160.00),(8,16,'2022-11-20',NULL),
(4,17,'2023-01-08',220.00),(9,18,'2023-01-08',190.00),
(6,19,'2022-05-30',420.00),(11,20,'2022-05-30',85.00),
(2,22,'2023-03-03',330.00),(3,23,'2023-03-03',215.00),(9,23,'2023-03-20',NULL),
(13,7,'2022-02-14',260.00);

INSERT INTO Performances VALUES
(1,1,1,'2021-10-02','Oona Blythe',540),
(2,1,1,'2021-10-09','Oona Blythe',498),
(3,5,6,'2021-11-05','Marek Sorel',233),
(4,3,1,'2021-12-11','Oona Blythe',587),
(5,2,8,'2022-02-18','Theo Lang',112),
(6,2,8,'2022-02-19','Theo Lang',120),
(7,2,3,'2022-06-24','Theo Lang',205),
(8,8,1,'2022-07-15','Marek Sorel',455),
(9,8,6,'2022-08-20','Marek Sorel',280),
(10,4,2,'2022-10-07','Ana Duarte',84),
(11,4,5,'2022-10-14','Ana Duarte',97),
(12,6,3,'2023-01-13','Theo Lang',190),
(13,7,4,'2023-02-10','Ana Duarte',60),
(14,7,4,'2023-02-11','Ana Duarte',52),
(15,11,1,'2023-04-21','Priya Nair',611),
(16,11,1,'2023-04-22','Priya Nair',604),
(17,3,6,'2023-05-19','Oona Blythe',NULL),
(18,1,3,'2023-07-01','Marek Sorel',221),
(19,6,8,'2023-09-30','Theo Lang',NULL);

INSERT INTO Tickets VALUES
(1,1,'Paula Whitcombe','C',38.00,'2021-09-14'),
(2,1,'Sam Odell','H',26.00,'2021-09-20'),
(3,2,'Paula Whitcombe','C',38.00,'2021-09-14'),
(4,3,'Irene Castor','B',22.50,'2021-10-30'),
(5,4,'Sam Odell','A',45.00,'2021-11-15'),
(6,4,'Rufus Tanner','K',24.00,'2021-12-10'),
(7,5,'Gwen Ashdown',NULL,15.00,'2022-02-18'),
(8,7,'Gwen Ashdown',NULL,18.00,'2022-06-01'),
(9,7,'Irene Castor',NULL,18.00,'2022-06-20'),
(10,8,'Rufus Tanner','B',42.00,'2022-06-30'),
(11,9,'Paula Whitcombe','D',27.50,'2022-07-29'),
(12,10,'Leo Brandt','A',20.00,'2022-09-18'),
(13,11,'Sam Odell','E',16.00,'2022-10-01'),
(14,12,'Gwen Ashdown',NULL,18.00,'2023-01-02'),
(15,13,'Leo Brandt','B',14.00,'2023-02-01'),
(16,13,'Irene Castor','B',14.00,'2023-02-03'),
(17,15,'Paula Whitcombe','A',55.00,'2023-02-25'),
(18,15,'Leo Brandt','F',41.00,'2023-03-18'),
(19,16,'Sam Odell','F',41.00,'2023-04-01'),
(20,16,'Martha Quill','M',29.00,'2023-04-22'),
(21,17,'Rufus Tanner','C',27.50,'2023-05-05'),
(22,18,'Martha Quill',NULL,19.00,'2023-06-28'),
(23,15,'Gwen Ashdown','M',29.00,'2023-04-20');
