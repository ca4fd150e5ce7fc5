-- A town clinic: its doctors and their specialties, the patients, their appointments and the medicines prescribed.
CREATE TABLE specialty (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  floor INTEGER,
  base_fee DECIMAL(6,2)
);

CREATE TABLE doctor (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  specialty_id INTEGER NOT NULL,
  hired_on DATE,
  salary DECIMAL(8,2),
  room TEXT,
  supervisor_id INTEGER,
  FOREIGN KEY (specialty_id) REFERENCES specialty (id),
  FOREIGN KEY (supervisor_id) REFERENCES doctor (id)
);

CREATE TABLE patient (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  birth_date DATE,
  sex TEXT,
  town TEXT,
  phone TEXT,
  insurer TEXT,
  family_doctor_id INTEGER,
  FOREIGN KEY (family_doctor_id) REFERENCES doctor (id)
);

CREATE TABLE appointment (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL,
  doctor_id INTEGER NOT NULL,
  visit_date DATE NOT NULL,
  minutes INTEGER,
  status TEXT,
  fee DECIMAL(6,2),
  reason TEXT,
  FOREIGN KEY (patient_id) REFERENCES patient (id),
  FOREIGN KEY (doctor_id) REFERENCES doctor (id)
);

CREATE TABLE medicine (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  form TEXT,
  price DECIMAL(6,2),
  stock INTEGER,
  maker TEXT
);

CREATE TABLE prescription (
  appointment_id INTEGER NOT NULL,
  medicine_id INTEGER NOT NULL,
  daily_dose INTEGER,
  days INTEGER,
  note TEXT,
  PRIMARY KEY (appointment_id, medicine_id),
  FOREIGN KEY (appointment_id) REFERENCES appointment (id),
  FOREIGN KEY (medicine_id) REFERENCES medicine (id)
);

INSERT INTO specialty VALUES
  (1, 'Family Medicine', 1, 32.00),
  (2, 'Cardiology', 2, 75.50),
  (3, 'Paediatrics', 1, 38.00),
  (4, 'Dermatology', 3, 55.00),
  (5, 'Orthopaedics', 2, 68.00),
  (6, 'Ophthalmology', 3, 49.50),
  (7, 'Neurology', 3, 82.00),
  (8, 'Endocrinology', 2, 70.00);

INSERT INTO doctor VALUES
  (1, 'Helga', 'Brandt', 1, '2006-03-01', 6900.00, 'A1', NULL),
  (2, 'Tomas', 'Ferreira', 1, '2014-09-15', 5800.00, 'A2', 1),
  (3, 'Amina', 'Diallo', 1, '2020-02-01', 5200.00, 'A3', 1),
  (4, 'Viktor', 'Lindqvist', 2, '2009-05-11', 8700.00, 'B1', NULL),
  (5, 'Priya', 'Raman', 2, '2018-10-01', 7400.00, 'B2', 4),
  (6, 'Colette', 'Marchand', 3, '2011-01-10', 6300.00, 'A4', NULL),
  (7, 'Joel', 'Okafor', 3, '2022-08-22', 5200.00, 'A4', 6),
  (8, 'Sanna', 'Virtanen', 4, '2016-04-04', 6600.00, 'C1', NULL),
  (9, 'Marek', 'Zielinski', 5, '2013-11-18', 7900.00, 'B3', NULL),
  (10, 'Lucia', 'Benedetti', 5, '2021-06-07', 6100.00, 'B3', 9),
  (11, 'Owen', 'Pritchard', 6, '2019-03-25', 6400.00, 'C2', 8),
  (12, 'Ines', 'Kovac', 7, '2023-01-16', 7000.00, NULL, 4);

INSERT INTO patient VALUES
  (1, 'Clara', 'Hobbs', '1951-07-19', 'F', 'Alder Bay', '555-0101', 'MediSure', 1),
  (2, 'Edgar', 'Hobbs', '1949-02-03', 'M', 'Alder Bay', '555-0101', 'MediSure', 1),
  (3, 'Nadia', 'Petrov', '1986-11-30', 'F', 'Millbrook', '555-0117', 'Unity Care', 2),
  (4, 'Leo', 'Petrov', '2015-04-12', 'M', 'Millbrook', NULL, 'Unity Care', 6),
  (5, 'Samir', 'Haddad', '1978-09-05', 'M', 'Norwick', '555-0122', NULL, 2),
  (6, 'Yara', 'Haddad', '2018-12-21', 'F', 'Norwick', NULL, NULL, 6),
  (7, 'Bruno', 'Castell', '1964-01-27', 'M', 'Alder Bay', '555-0139', 'Blue Shore', 1),
  (8, 'Greta', 'Solheim', '1992-06-14', 'F', 'Hensley', '555-0144', 'MediSure', 3),
  (9, 'Ivo', 'Marsh', '2001-03-08', 'M', 'Alder Bay', '555-0150', NULL, 3),
  (10, 'Pauline', 'Dubose', '1943-10-02', 'F', 'Millbrook', '555-0156', 'MediSure', 1),
  (11, 'Kwame', 'Asante', '1989-08-17', 'M', 'Alder Bay', '555-0163', 'Unity Care', 2),
  (12, 'Tessa', 'Lund', '2012-05-25', 'F', 'Hensley', NULL, 'Blue Shore', 7),
  (13, 'Rafael', 'Ortega', '1970-12-09', 'M', 'Norwick', '555-0178', 'Blue Shore', NULL),
  (14, 'Mina', 'Sato', '1996-02-29', 'F', 'Alder Bay', '555-0181', 'Unity Care', 3),
  (15, 'Dorothy', 'Pike', '1958-03-16', 'F', 'Millbrook', '555-0190', 'MediSure', NULL),
  (16, 'Hugo', 'Lang', '2009-09-09', 'M', 'Millbrook', '555-0194', 'Unity Care', 7),
  (17, 'Bettina', 'Roth', '1981-04-01', 'F', 'Alder Bay', NULL, NULL, 2),
  (18, 'Omar', 'Farouk', '1967-11-11', 'M', 'Norwick', '555-0205', 'MediSure', 1),
  (19, 'Lily', 'Marsh', '2020-07-04', 'F', 'Alder Bay', NULL, 'Unity Care', 6),
  (20, 'Stefan', 'Novak', '1999-10-23', 'M', 'Hensley', '555-0213', NULL, NULL);

INSERT INTO appointment VALUES
  (1, 1, 4, '2024-01-09', 30, 'done', 75.50, 'chest pain'),
  (2, 2, 1, '2024-01-11', 15, 'done', 32.00, 'check-up'),
  (3, 4, 6, '2024-01-15', 20, 'done', 38.00, 'cough'),
  (4, 3, 2, '2024-01-22', 15, 'done', 32.00, 'cough'),
  (5, 7, 9, '2024-02-02', 40, 'done', 68.00, 'knee pain'),
  (6, 8, 8, '2024-02-05', 20, 'done', 55.00, 'rash'),
  (7, 5, 2, '2024-02-06', 15, 'missed', NULL, 'check-up'),
  (8, 10, 4, '2024-02-12', 45, 'done', 90.00, 'high blood pressure'),
  (9, 6, 6, '2024-02-14', 20, 'done', 38.00, 'fever'),
  (10, 12, 7, '2024-02-20', 20, 'cancelled', NULL, 'rash'),
  (11, 11, 11, '2024-03-01', 25, 'done', 49.50, 'blurred vision'),
  (12, 1, 4, '2024-03-05', 30, 'done', 75.50, 'chest pain'),
  (13, 14, 12, '2024-03-07', 50, 'done', 82.00, 'headache'),
  (14, 16, 7, '2024-03-11', 20, 'done', 38.00, 'sore throat'),
  (15, 18, 1, '2024-03-12', 15, 'done', 32.00, 'high blood pressure'),
  (16, 9, 10, '2024-03-19', 30, 'done', 68.00, 'ankle sprain'),
  (17, 10, 5, '2024-04-02', 30, 'done', 75.50, 'high blood pressure'),
  (18, 17, 8, '2024-04-04', 20, 'missed', NULL, 'rash'),
  (19, 19, 6, '2024-04-08', 25, 'done', 38.00, 'fever'),
  (20, 3, 12, '2024-04-16', 50, 'done', 82.00, 'headache'),
  (21, 15, 9, '2024-04-23', 40, 'done', 68.00, 'back pain'),
  (22, 7, 9, '2024-05-06', 30, 'done', 60.00, 'knee pain'),
  (23, 13, 5, '2024-05-13', 30, 'cancelled', NULL, 'chest pain'),
  (24, 11, 2, '2024-05-21', 15, 'done', 32.00, 'cough'),
  (25, 8, 8, '2024-05-28', 20, 'booked', NULL, 'rash');

INSERT INTO medicine VALUES
  (1, 'Cardiolex', 'tablet', 14.90, 120, 'Norvia'),
  (2, 'Pressamin', 'tablet', 9.40, 200, 'Norvia'),
  (3, 'Amoxaril', 'capsule', 7.25, 85, 'Helix Labs'),
  (4, 'Dermacalm', 'cream', 12.60, 40, 'Helix Labs'),
  (5, 'Flexadon', 'tablet', 11.30, 64, 'Orbis'),
  (6, 'Ocubright', 'drops', 8.95, 30, 'Orbis'),
  (7, 'Tussinol', 'syrup', 6.10, 55, 'Helix Labs'),
  (8, 'Painaway', 'tablet', 3.50, 400, 'Norvia'),
  (9, 'Insulora', 'injection', 42.00, 18, 'Bergen Pharma'),
  (10, 'Migrelief', 'tablet', 19.80, 25, 'Bergen Pharma'),
  (11, 'Allerfin', 'tablet', 5.75, 150, 'Orbis'),
  (12, 'Feverdown', 'syrup', 6.10, 70, 'Norvia'),
  (13, 'Boneplus', 'capsule', 16.40, 0, NULL),
  (14, 'Zincalm', 'cream', 4.80, 35, NULL);

INSERT INTO prescription VALUES
  (1, 1, 1, 30, 'take in the morning'),
  (1, 8, 2, 5, NULL),
  (2, 2, 1, 60, NULL),
  (3, 7, 3, 7, 'after meals'),
  (4, 7, 3, 10, NULL),
  (4, 3, 2, 7, 'finish the whole pack'),
  (5, 5, 2, 14, NULL),
  (5, 8, 3, 7, 'after meals'),
  (6, 4, 2, 10, NULL),
  (6, 11, 1, 14, NULL),
  (8, 1, 1, 60, NULL),
  (8, 2, 2, 60, 'take in the morning'),
  (9, 12, 3, 4, NULL),
  (11, 6, 4, 10, NULL),
  (12, 1, 2, 30, NULL),
  (12, 2, 1, 30, 'take in the morning'),
  (13, 10, 1, 20, 'not with alcohol'),
  (14, 3, 2, 7, 'finish the whole pack'),
  (14, 8, 2, 4, NULL),
  (15, 2, 1, 90, NULL),
  (16, 5, 2, 7, NULL),
  (16, 8, 3, 5, NULL),
  (17, 2, 2, 60, NULL),
  (19, 12, 3, 3, NULL),
  (20, 10, 2, 20, 'not with alcohol'),
  (21, 5, 1, 14, NULL),
  (21, 8, 3, 10, 'after meals'),
  (22, 8, 2, 10, NULL),
  (24, 7, 3, 7, NULL);
