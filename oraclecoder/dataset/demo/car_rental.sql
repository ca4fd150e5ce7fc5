-- A car rental company: its branches, vehicles and customers, the rentals they take out with insurance options, and damages found on return.
CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY,
  city TEXT NOT NULL,
  location_type TEXT NOT NULL,
  opened_on DATE NOT NULL,
  staff_count INTEGER NOT NULL
);

CREATE TABLE vehicles (
  vehicle_id INTEGER PRIMARY KEY,
  plate TEXT NOT NULL,
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  category TEXT NOT NULL,
  fuel TEXT NOT NULL,
  model_year INTEGER NOT NULL,
  daily_rate DECIMAL(6,2) NOT NULL,
  mileage INTEGER,
  branch_id INTEGER NOT NULL,
  FOREIGN KEY (branch_id) REFERENCES branches(branch_id)
);

CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  full_name TEXT NOT NULL,
  country TEXT NOT NULL,
  birth_date DATE NOT NULL,
  loyalty_level TEXT
);

CREATE TABLE insurance_options (
  option_id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  daily_fee DECIMAL(5,2) NOT NULL,
  deductible INTEGER NOT NULL
);

CREATE TABLE rentals (
  rental_id INTEGER PRIMARY KEY,
  vehicle_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  pickup_branch_id INTEGER NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE,
  days_booked INTEGER NOT NULL,
  total_price DECIMAL(8,2),
  FOREIGN KEY (vehicle_id) REFERENCES vehicles(vehicle_id),
  FOREIGN KEY (customer_id) REFERENCES customers(customer_id),
  FOREIGN KEY (pickup_branch_id) REFERENCES branches(branch_id)
);

CREATE TABLE rental_insurances (
  rental_id INTEGER NOT NULL,
  option_id INTEGER NOT NULL,
  PRIMARY KEY (rental_id, option_id),
  FOREIGN KEY (rental_id) REFERENCES rentals(rental_id),
  FOREIGN KEY (option_id) REFERENCES insurance_options(option_id)
);

CREATE TABLE damages (
  damage_id INTEGER PRIMARY KEY,
  rental_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  severity TEXT NOT NULL,
  reported_on DATE NOT NULL,
  repair_cost DECIMAL(8,2),
  FOREIGN KEY (rental_id) REFERENCES rentals(rental_id)
);

INSERT INTO branches VALUES
(1, 'Bilbao', 'airport', '2009-05-04', 14),
(2, 'Bilbao', 'downtown', '2013-02-18', 6),
(3, 'Porto', 'airport', '2011-07-01', 17),
(4, 'Lyon', 'railway station', '2014-10-06', 8),
(5, 'Geneva', 'airport', '2010-03-15', 21),
(6, 'Turin', 'downtown', '2018-06-11', 5),
(7, 'Porto', 'downtown', '2020-09-21', 4),
(8, 'Innsbruck', 'railway station', '2023-01-09', 3);

INSERT INTO vehicles VALUES
(1, 'BK-2041', 'Seat', 'Ibiza', 'economy', 'petrol', 2019, 34.00, 61200, 1),
(2, 'BK-2077', 'Renault', 'Clio', 'economy', 'petrol', 2020, 36.50, 48800, 1),
(3, 'BK-3110', 'Skoda', 'Octavia', 'estate', 'diesel', 2021, 58.00, 52300, 1),
(4, 'BK-3125', 'Kia', 'Niro', 'SUV', 'hybrid', 2022, 71.00, 27900, 2),
(5, 'PT-0418', 'Fiat', 'Panda', 'economy', 'petrol', 2018, 29.50, 83100, 3),
(6, 'PT-0533', 'Peugeot', '2008', 'SUV', 'petrol', 2021, 66.00, 39400, 3),
(7, 'PT-0602', 'Renault', 'Zoe', 'compact', 'electric', 2022, 49.00, 18600, 7),
(8, 'PT-0719', 'Ford', 'Transit', 'van', 'diesel', 2017, 84.00, 121500, 3),
(9, 'LY-5150', 'Peugeot', '308', 'compact', 'diesel', 2020, 47.00, 55200, 4),
(10, 'LY-5188', 'Renault', 'Megane', 'compact', 'electric', 2023, 62.00, 9700, 4),
(11, 'GE-7001', 'Volvo', 'XC40', 'SUV', 'hybrid', 2023, 98.00, 14300, 5),
(12, 'GE-7014', 'Skoda', 'Superb', 'estate', 'diesel', 2022, 89.00, 33800, 5),
(13, 'GE-7020', 'Volvo', 'V60', 'estate', 'hybrid', 2021, 92.50, 41700, 5),
(14, 'GE-7033', 'Ford', 'Tourneo', 'van', 'diesel', 2019, 104.00, 78900, 5),
(15, 'TO-9120', 'Fiat', 'Tipo', 'compact', 'petrol', 2019, 39.00, 67400, 6),
(16, 'TO-9131', 'Fiat', '500e', 'economy', 'electric', 2023, 44.50, NULL, 6),
(17, 'TO-9144', 'Kia', 'Sportage', 'SUV', 'diesel', 2020, 69.00, 58600, 6),
(18, 'BK-3190', 'Seat', 'Leon', 'compact', 'petrol', 2023, 45.00, NULL, 2);

INSERT INTO customers VALUES
(1, 'Clara Iturbe', 'Spain', '1986-04-17', 'gold'),
(2, 'Martin Schaller', 'Switzerland', '1979-11-02', 'gold'),
(3, 'Joana Valadares', 'Portugal', '1994-08-29', 'silver'),
(4, 'Etienne Courbet', 'France', '1968-01-13', NULL),
(5, 'Rachel Ong', 'Singapore', '1990-06-05', 'bronze'),
(6, 'Pietro Galvan', 'Italy', '1983-12-21', 'silver'),
(7, 'Wiebke Harms', 'Germany', '1999-03-30', NULL),
(8, 'Aitor Mendiola', 'Spain', '1975-09-08', 'platinum'),
(9, 'Lucie Perrin', 'France', '2000-07-19', NULL),
(10, 'David Achterberg', 'Netherlands', '1962-05-25', 'bronze'),
(11, 'Hana Moravec', 'Czechia', '1988-10-10', 'silver'),
(12, 'Samir Haddad', 'France', '1991-02-14', 'gold'),
(13, 'Beatriz Falcao', 'Portugal', '1997-12-03', NULL);

INSERT INTO insurance_options VALUES
(1, 'basic cover', 6.00, 1200),
(2, 'full cover', 15.50, 0),
(3, 'glass and tyres', 4.50, 150),
(4, 'theft protection', 5.00, 500),
(5, 'roadside assistance', 3.50, 0),
(6, 'personal effects', 2.50, 100),
(7, 'young driver cover', 8.00, 900),
(8, 'cross-border cover', 7.00, 300);

INSERT INTO rentals VALUES
(1, 1, 1, 1, '2023-01-14', '2023-01-17', 3, 102.00),
(2, 3, 8, 1, '2023-02-03', '2023-02-13', 10, 580.00),
(3, 11, 2, 5, '2023-02-18', '2023-02-25', 7, 686.00),
(4, 5, 3, 3, '2023-03-04', '2023-03-06', 2, 59.00),
(5, 9, 4, 4, '2023-03-20', '2023-03-25', 5, 235.00),
(6, 12, 10, 5, '2023-04-01', '2023-04-15', 14, 1246.00),
(7, 15, 6, 6, '2023-04-22', '2023-04-24', 2, 78.00),
(8, 6, 5, 3, '2023-05-06', '2023-05-13', 7, 462.00),
(9, 7, 3, 7, '2023-05-27', '2023-05-29', 2, 98.00),
(10, 4, 1, 2, '2023-06-10', '2023-06-17', 7, 497.00),
(11, 8, 13, 3, '2023-06-24', '2023-06-26', 2, 168.00),
(12, 13, 2, 5, '2023-07-01', '2023-07-15', 14, 1295.00),
(13, 10, 9, 4, '2023-07-08', '2023-07-11', 3, 186.00),
(14, 17, 6, 6, '2023-07-22', '2023-08-01', 10, 690.00),
(15, 2, 7, 1, '2023-08-05', '2023-08-12', 7, 255.50),
(16, 14, 12, 5, '2023-08-12', '2023-08-17', 5, 520.00),
(17, 11, 12, 5, '2023-09-02', '2023-09-05', 3, 294.00),
(18, 1, 8, 1, '2023-09-16', '2023-09-19', 3, 102.00),
(19, 16, 11, 6, '2023-10-07', '2023-10-12', 5, 222.50),
(20, 6, 8, 3, '2023-10-21', '2023-10-26', 5, 330.00),
(21, 3, 5, 1, '2023-11-11', '2023-11-14', 3, 174.00),
(22, 12, 2, 5, '2023-12-16', '2023-12-30', 14, 1246.00),
(23, 11, 4, 5, '2024-01-06', NULL, 7, NULL),
(24, 4, 8, 2, '2024-01-10', NULL, 10, NULL),
(25, 9, 12, 4, '2024-01-12', NULL, 5, NULL);

INSERT INTO rental_insurances VALUES
(1, 1), (2, 2), (2, 5), (3, 2), (4, 1), (5, 1), (5, 4), (6, 2), (6, 6), (8, 2),
(9, 3), (10, 1), (10, 3), (10, 5), (11, 1), (11, 4), (12, 2), (12, 5), (13, 1), (14, 2),
(14, 3), (15, 1), (15, 5), (16, 1), (17, 2), (19, 1), (19, 3), (20, 2), (21, 4), (22, 2),
(22, 6), (23, 2), (24, 1), (24, 5), (25, 1);

INSERT INTO damages VALUES
(1, 1, 'rear bumper', 'minor', '2023-01-17', 140.00),
(2, 2, 'windscreen', 'major', '2023-02-12', 480.00),
(3, 4, 'wing mirror', 'minor', '2023-03-06', 95.00),
(4, 6, 'front door', 'moderate', '2023-04-15', 620.00),
(5, 8, 'wheel rim', 'minor', '2023-05-13', 180.00),
(6, 8, 'rear bumper', 'moderate', '2023-05-13', 355.00),
(7, 11, 'cargo door', 'major', '2023-06-26', 910.00),
(8, 12, 'windscreen', 'major', '2023-07-15', 530.00),
(9, 14, 'wheel rim', 'moderate', '2023-08-01', 240.00),
(10, 15, 'rear bumper', 'minor', '2023-08-12', 125.00),
(11, 16, 'roof', 'major', '2023-08-17', 1350.00),
(12, 19, 'wing mirror', 'minor', '2023-10-12', 110.00),
(13, 20, 'front bumper', 'moderate', '2023-10-26', NULL),
(14, 22, 'front door', 'minor', '2023-12-30', NULL);
