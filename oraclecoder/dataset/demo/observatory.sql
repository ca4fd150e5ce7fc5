-- A small mountain observatory: its telescopes, the astronomers who observe stars on given nights, and the papers they publish.
CREATE TABLE telescope (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  aperture_m REAL NOT NULL,
  site TEXT NOT NULL,
  built_year INTEGER NOT NULL,
  retired_year INTEGER
);
CREATE TABLE astronomer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  institute TEXT NOT NULL,
  country TEXT NOT NULL,
  phd_year INTEGER,
  email TEXT
);
CREATE TABLE night (
  id INTEGER PRIMARY KEY,
  night_date DATE NOT NULL,
  weather TEXT NOT NULL,
  moon_phase TEXT NOT NULL,
  seeing REAL,
  hours_lost REAL NOT NULL
);
CREATE TABLE star (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  constellation TEXT NOT NULL,
  magnitude REAL NOT NULL,
  spectral_class TEXT NOT NULL,
  distance_ly REAL
);
CREATE TABLE observation (
  id INTEGER PRIMARY KEY,
  night_id INTEGER NOT NULL,
  telescope_id INTEGER NOT NULL,
  star_id INTEGER NOT NULL,
  astronomer_id INTEGER NOT NULL,
  band TEXT NOT NULL,
  exposure_s INTEGER NOT NULL,
  quality TEXT,
  FOREIGN KEY (night_id) REFERENCES night(id),
  FOREIGN KEY (telescope_id) REFERENCES telescope(id),
  FOREIGN KEY (star_id) REFERENCES star(id),
  FOREIGN KEY (astronomer_id) REFERENCES astronomer(id)
);
CREATE TABLE publication (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  journal TEXT NOT NULL,
  published DATE NOT NULL,
  pages INTEGER NOT NULL,
  citations INTEGER
);
CREATE TABLE publication_author (
  publication_id INTEGER NOT NULL,
  astronomer_id INTEGER NOT NULL,
  author_order INTEGER NOT NULL,
  PRIMARY KEY (publication_id, astronomer_id),
  FOREIGN KEY (publication_id) REFERENCES publication(id),
  FOREIGN KEY (astronomer_id) REFERENCES astronomer(id)
);
CREATE TABLE publication_star (
  publication_id INTEGER NOT NULL,
  star_id INTEGER NOT NULL,
  PRIMARY KEY (publication_id, star_id),
  FOREIGN KEY (publication_id) REFERENCES publication(id),
  FOREIGN KEY (star_id) REFERENCES star(id)
);

INSERT INTO telescope VALUES
(1,'Kestrel Reflector','reflector',2.4,'Mount Harrow',1987,NULL),
(2,'Long Tom','refractor',0.6,'Mount Harrow',1912,1998),
(3,'Aurelia','reflector',4.1,'Cerro Bayo',2004,NULL),
(4,'Dish One','radio',32.0,'Salt Plain',1979,NULL),
(5,'Dish Two','radio',32.0,'Salt Plain',1983,NULL),
(6,'Owlet','reflector',1.0,'Mount Harrow',1996,NULL),
(7,'Brightwell Astrograph','refractor',0.4,'Brightwell',1931,1974),
(8,'Vesper','reflector',8.2,'Cerro Bayo',2015,NULL),
(9,'Patrol Camera','refractor',0.2,'Cerro Bayo',2009,NULL),
(10,'Nadir Array','radio',12.5,'Fenmark',2019,NULL);

INSERT INTO astronomer VALUES
(1,'Ines Okafor','Harrow Institute','Nigeria',2006,'ines@harrow.example'),
(2,'Pavel Lindqvist','Norrland University','Sweden',1998,NULL),
(3,'Marta Quiroga','Bayo Observatory','Chile',2012,'mquiroga@bayo.example'),
(4,'Tomas Quiroga','Bayo Observatory','Chile',2018,'tquiroga@bayo.example'),
(5,'Helen Draycott','Harrow Institute','United Kingdom',1989,'hdraycott@harrow.example'),
(6,'Yuki Tanabe','Kitamori College','Japan',2015,'tanabe@kitamori.example'),
(7,'Rashid Emami','Norrland University','Iran',2010,NULL),
(8,'Clara Voss','Fenmark University','Germany',2020,'clara.voss@fenmark.example'),
(9,'Ben Adeyemi','Harrow Institute','Nigeria',2021,NULL),
(10,'Lucie Arnaud','Fenmark University','France',2003,'arnaud@fenmark.example'),
(11,'Oskar Lind','Norrland University','Sweden',NULL,'oskar.lind@norrland.example');

INSERT INTO night VALUES
(1,'2021-03-04','clear','new',0.9,0.0),
(2,'2021-03-05','clear','new',1.2,0.5),
(3,'2021-03-06','cloudy','new',NULL,8.0),
(4,'2021-09-18','hazy','full',1.6,2.0),
(5,'2021-09-19','windy','full',1.4,3.5),
(6,'2022-01-11','clear','first quarter',0.7,0.0),
(7,'2022-01-12','clear','first quarter',0.8,0.0),
(8,'2022-01-13','windy','first quarter',2.1,4.0),
(9,'2022-06-27','hazy','last quarter',1.1,1.0),
(10,'2022-06-28','cloudy','new',NULL,9.5),
(11,'2023-02-19','clear','new',0.6,0.0),
(12,'2023-02-20','clear','new',1.0,0.5),
(13,'2023-10-07','hazy','last quarter',1.3,1.5),
(14,'2023-10-08','clear','last quarter',1.2,0.0);

INSERT INTO star VALUES
(1,'Talveh','Lyra',2.1,'A',47.5),
(2,'Korrin','Orion',3.8,'M',620.0),
(3,'Ossuna','Orion',1.4,'B',410.0),
(4,'Harrow 12','Cygnus',9.6,'G',88.2),
(5,'Harrow 31','Cygnus',11.2,'K',NULL),
(6,'Beylin','Scorpius',4.4,'M',530.0),
(7,'Quillon','Lyra',6.9,'F',132.0),
(8,'Draycott Star','Draco',12.7,'M',19.4),
(9,'Sef','Scorpius',3.8,'B',NULL),
(10,'Imre','Draco',5.5,'G',61.0),
(11,'Ultan','Hydra',7.3,'K',205.0),
(12,'Bayo 204','Hydra',13.1,'M',34.6),
(13,'Veresk','Cygnus',5.5,'A',NULL);

INSERT INTO observation VALUES
(1,1,1,1,1,'V',120,'good'),
(2,1,1,4,1,'R',600,'good'),
(3,1,3,3,3,'B',90,'good'),
(4,2,1,5,5,'V',900,'fair'),
(5,2,3,6,3,'I',300,'good'),
(6,2,6,1,9,'V',60,'fair'),
(7,4,4,8,7,'radio',3600,'good'),
(8,4,5,8,7,'radio',3600,NULL),
(9,5,6,10,9,'B',240,'poor'),
(10,6,8,12,4,'I',1800,'good'),
(11,6,8,2,4,'V',45,'good'),
(12,6,3,7,3,'R',150,'good'),
(13,7,8,5,6,'R',1200,'good'),
(14,7,1,4,1,'V',600,'fair'),
(15,8,3,9,3,'B',180,'poor'),
(16,9,4,12,2,'radio',7200,'good'),
(17,9,6,10,9,'V',240,'fair'),
(18,11,8,8,6,'I',1500,'good'),
(19,11,8,12,4,'R',1800,'good'),
(20,11,1,8,5,'I',1300,NULL),
(21,12,3,1,10,'V',75,'good'),
(22,12,9,2,8,'V',20,'fair'),
(23,13,10,6,8,'radio',5400,NULL),
(24,14,1,4,1,'R',450,'good'),
(25,14,6,7,1,'V',200,'poor');

INSERT INTO publication VALUES
(1,'Slow pulsation in Beylin','Northern Sky Letters','2021-11-02',8,34),
(2,'A flare survey of nearby red dwarfs','Annals of Stellar Light','2022-04-19',21,112),
(3,'Dust around Korrin','Northern Sky Letters','2022-08-30',6,19),
(4,'Radio silence of the Draycott Star','Journal of Radio Skies','2022-02-14',12,57),
(5,'Rotation of two Cygnus dwarfs','Annals of Stellar Light','2023-01-09',15,23),
(6,'Vesper first light','Instrument Notes','2016-07-21',30,140),
(7,'On the distance of Talveh','Northern Sky Letters','2021-06-15',5,23),
(8,'Companions of Harrow 12','Annals of Stellar Light','2023-05-26',18,9),
(9,'Seeing statistics at Cerro Bayo','Instrument Notes','2020-10-01',11,NULL),
(10,'A radio flare from Bayo 204','Journal of Radio Skies','2023-03-03',9,41);

INSERT INTO publication_author VALUES
(1,3,1),(1,10,2),
(2,4,1),(2,6,2),(2,3,3),(2,5,4),
(3,8,1),(3,4,2),
(4,7,1),(4,5,2),
(5,1,1),(5,9,2),(5,6,3),
(6,3,1),(6,10,2),(6,2,3),
(7,1,1),(7,5,2),
(8,1,1),
(9,10,1),(9,3,2),
(10,2,1),(10,7,2),(10,4,3);

INSERT INTO publication_star VALUES
(1,6),(2,8),(2,12),(3,2),(4,8),(5,4),(5,5),(7,1),(8,4),(10,12);
