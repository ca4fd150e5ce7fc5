-- A regional electricity grid: operators, power plants, substations, the lines between them, outages on lines and load readings.
CREATE TABLE oprs (
  opr_id INTEGER PRIMARY KEY,
  opr_nm TEXT NOT NULL,
  hq_city TEXT NOT NULL,
  own_typ TEXT NOT NULL,
  estd_yr INTEGER NOT NULL,
  emp_cnt INTEGER
);
CREATE TABLE plants (
  plant_id INTEGER PRIMARY KEY,
  plant_nm TEXT NOT NULL,
  fuel_typ TEXT NOT NULL,
  cap_mw REAL NOT NULL,
  comm_yr INTEGER NOT NULL,
  opr_id INTEGER NOT NULL,
  co2_kt REAL,
  FOREIGN KEY (opr_id) REFERENCES oprs(opr_id)
);
CREATE TABLE substns (
  substn_id INTEGER PRIMARY KEY,
  substn_nm TEXT NOT NULL,
  dist_nm TEXT NOT NULL,
  max_kv INTEGER NOT NULL,
  trf_cnt INTEGER NOT NULL,
  insp_dt DATE
);
CREATE TABLE plant_substns (
  plant_id INTEGER NOT NULL,
  substn_id INTEGER NOT NULL,
  feed_mw REAL NOT NULL,
  PRIMARY KEY (plant_id, substn_id),
  FOREIGN KEY (plant_id) REFERENCES plants(plant_id),
  FOREIGN KEY (substn_id) REFERENCES substns(substn_id)
);
CREATE TABLE lines (
  line_id INTEGER PRIMARY KEY,
  line_cd TEXT NOT NULL,
  from_substn_id INTEGER NOT NULL,
  to_substn_id INTEGER NOT NULL,
  opr_id INTEGER NOT NULL,
  len_km REAL NOT NULL,
  volt_kv INTEGER NOT NULL,
  build_typ TEXT NOT NULL,
  FOREIGN KEY (from_substn_id) REFERENCES substns(substn_id),
  FOREIGN KEY (to_substn_id) REFERENCES substns(substn_id),
  FOREIGN KEY (opr_id) REFERENCES oprs(opr_id)
);
CREATE TABLE outages (
  outg_id INTEGER PRIMARY KEY,
  line_id INTEGER NOT NULL,
  start_dt DATE NOT NULL,
  dur_hr REAL NOT NULL,
  cause TEXT,
  cust_cnt INTEGER NOT NULL,
  FOREIGN KEY (line_id) REFERENCES lines(line_id)
);
CREATE TABLE rdgs (
  rdg_id INTEGER PRIMARY KEY,
  substn_id INTEGER NOT NULL,
  rdg_dt DATE NOT NULL,
  load_mw REAL NOT NULL,
  temp_c REAL,
  FOREIGN KEY (substn_id) REFERENCES substns(substn_id)
);

INSERT INTO oprs VALUES
(1,'Norvale Power','Norvale','public',1948,2150),
(2,'Tern Energy','Ternmouth','private',1991,640),
(3,'Highmoor Coop','Highmoor','coop',2006,58),
(4,'Redbank Grid','Norvale','private',1974,980),
(5,'Solent Wind','Ternmouth','private',2012,75),
(6,'Isle Electric','Port Garrow','public',1957,NULL),
(7,'Brook Valley Coop','Brookend','coop',2017,21),
(8,'Lumen Partners','Norvale','private',2022,14);

INSERT INTO plants VALUES
(1,'Norvale Dam','hydro',320.0,1953,1,NULL),
(2,'Castle Creek','hydro',85.5,1966,1,NULL),
(3,'Coalgate','coal',610.0,1971,1,2840.5),
(4,'Ternmouth A','gas',440.0,1994,2,960.2),
(5,'Ternmouth B','gas',455.0,2001,2,905.0),
(6,'Long Shoal','wind',180.0,2014,5,NULL),
(7,'Highmoor Turbines','wind',42.5,2008,3,NULL),
(8,'Garrow Diesel','oil',36.0,1979,6,88.4),
(9,'Garrow Tidal','tidal',12.0,2018,6,NULL),
(10,'Brook Solar','solar',9.5,2019,7,NULL),
(11,'Sunfield','solar',64.0,2021,2,NULL),
(12,'Black Fen','coal',390.0,1978,4,1975.0),
(13,'North Shoal','wind',225.0,2020,5,NULL),
(14,'Mill Weir','hydro',7.2,1938,3,NULL);

INSERT INTO substns VALUES
(1,'Norvale North','Norvale',400,4,'2022-05-11'),
(2,'Norvale South','Norvale',220,3,'2021-09-30'),
(3,'Ternmouth Quay','Tern Coast',400,5,'2023-02-17'),
(4,'Cliff Road','Tern Coast',110,2,'2020-06-24'),
(5,'Highmoor','Uplands',110,2,NULL),
(6,'Castle Junction','Uplands',220,3,'2022-08-02'),
(7,'Port Garrow','Isles',110,1,'2019-10-15'),
(8,'Brookend','Valley',33,1,NULL),
(9,'Fen Cross','Valley',220,3,'2023-04-06'),
(10,'Mill Lane','Uplands',33,1,'2018-03-21'),
(11,'Airport East','Norvale',110,2,NULL);

INSERT INTO plant_substns VALUES
(1,1,240.0),(1,6,80.0),(2,6,85.5),(3,1,350.0),(3,2,260.0),(4,3,440.0),(5,3,300.0),(5,4,60.0),(5,2,95.0),
(6,3,180.0),(7,5,42.5),(8,7,36.0),(9,7,12.0),(10,8,9.5),(11,9,64.0),(12,9,270.0),(12,2,120.0),(13,3,150.0),(13,4,75.0),(14,10,7.2);

INSERT INTO lines VALUES
(1,'NV-01',1,2,1,18.4,220,'overhead'),
(2,'NV-02',1,3,4,96.0,400,'overhead'),
(3,'TC-01',3,4,2,11.5,110,'underground'),
(4,'UP-01',6,5,3,27.3,110,'overhead'),
(5,'UP-02',1,6,1,54.8,220,'overhead'),
(6,'IS-01',4,7,6,38.0,110,'submarine'),
(7,'VA-01',9,8,7,14.2,33,'overhead'),
(8,'VA-02',2,9,4,47.6,220,'overhead'),
(9,'UP-03',5,10,3,8.9,33,'overhead'),
(10,'TC-02',3,9,4,71.1,220,'overhead'),
(11,'NV-03',2,4,1,62.5,110,'overhead'),
(12,'UP-04',6,10,1,19.7,33,'underground');

INSERT INTO outages VALUES
(1,2,'2021-01-19',6.5,'storm',48200),
(2,4,'2021-01-19',31.0,'storm',3150),
(3,7,'2021-04-03',2.0,'vehicle',410),
(4,6,'2021-07-28',52.5,'cable fault',5900),
(5,1,'2021-11-08',1.2,'switching error',22400),
(6,9,'2022-02-14',18.0,'storm',640),
(7,4,'2022-02-14',26.5,'storm',3020),
(8,10,'2022-02-15',9.0,'storm',15800),
(9,3,'2022-06-30',4.4,'cable fault',7300),
(10,8,'2022-08-11',3.0,'wildlife',11250),
(11,7,'2022-09-02',1.5,NULL,395),
(12,6,'2022-12-20',40.0,'cable fault',5870),
(13,11,'2023-01-06',7.8,'storm',9600),
(14,2,'2023-03-22',0.6,'switching error',51000),
(15,7,'2023-05-17',3.3,'wildlife',420),
(16,4,'2023-10-29',12.0,'storm',3090),
(17,9,'2023-10-29',14.5,'storm',655),
(18,8,'2023-11-12',2.2,NULL,10900),
(19,10,'2023-12-03',5.0,'wildlife',14750);

INSERT INTO rdgs VALUES
(1,1,'2023-01-15',512.0,-3.5),
(2,1,'2023-07-15',388.5,22.0),
(3,2,'2023-01-15',341.2,-3.0),
(4,2,'2023-07-15',290.0,23.5),
(5,3,'2023-01-15',605.4,1.0),
(6,3,'2023-07-15',571.8,19.0),
(7,4,'2023-01-15',88.0,0.5),
(8,4,'2023-07-15',93.6,18.5),
(9,5,'2023-01-15',37.9,-8.0),
(10,5,'2023-07-15',21.4,16.0),
(11,6,'2023-01-15',140.0,-6.5),
(12,6,'2023-07-15',97.5,NULL),
(13,7,'2023-01-15',29.1,2.5),
(14,7,'2023-07-15',33.3,17.0),
(15,8,'2023-01-15',7.8,-2.0),
(16,8,'2023-07-15',8.6,24.0),
(17,9,'2023-01-15',214.7,-1.5),
(18,9,'2023-07-15',198.3,24.5),
(19,11,'2023-01-15',61.0,NULL),
(20,11,'2023-07-15',74.9,23.0),
(21,1,'2023-10-15',420.6,11.0),
(22,3,'2023-10-15',588.0,13.5),
(23,7,'2023-10-15',31.2,12.5);
