-- A gym: its members and trainers, the weekly courses with their enrolments, machines and check-ins.
CREATE TABLE Plans (
  PlanID INTEGER PRIMARY KEY,
  PlanName TEXT NOT NULL,
  MonthlyFee DECIMAL(6,2) NOT NULL,
  ContractMonths INTEGER
);
CREATE TABLE Members (
  MemberID INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Gender TEXT,
  BirthYear INTEGER,
  JoinDate DATE NOT NULL,
  PlanID INTEGER NOT NULL,
  Email TEXT,
  FOREIGN KEY (PlanID) REFERENCES Plans(PlanID)
);
CREATE TABLE Trainers (
  TrainerID INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Speciality TEXT,
  HourlyRate DECIMAL(6,2) NOT NULL,
  HiredOn DATE NOT NULL
);
CREATE TABLE Courses (
  CourseID INTEGER PRIMARY KEY,
  CourseName TEXT NOT NULL,
  TrainerID INTEGER,
  Weekday TEXT NOT NULL,
  Room TEXT NOT NULL,
  DurationMinutes INTEGER NOT NULL,
  MaxPlaces INTEGER,
  Level TEXT NOT NULL,
  FOREIGN KEY (TrainerID) REFERENCES Trainers(TrainerID)
);
CREATE TABLE Enrolments (
  MemberID INTEGER NOT NULL,
  CourseID INTEGER NOT NULL,
  EnrolledOn DATE NOT NULL,
  Rating INTEGER,
  PRIMARY KEY (MemberID, CourseID),
  FOREIGN KEY (MemberID) REFERENCES Members(MemberID),
  FOREIGN KEY (CourseID) REFERENCES Courses(CourseID)
);
CREATE TABLE Machines (
  MachineID INTEGER PRIMARY KEY,
  MachineType TEXT NOT NULL,
  Maker TEXT NOT NULL,
  BoughtOn DATE NOT NULL,
  Price DECIMAL(8,2) NOT NULL,
  LastService DATE,
  Status TEXT NOT NULL,
  TrainerID INTEGER,
  FOREIGN KEY (TrainerID) REFERENCES Trainers(TrainerID)
);
CREATE TABLE CheckIns (
  CheckInID INTEGER PRIMARY KEY,
  MemberID INTEGER NOT NULL,
  VisitDate DATE NOT NULL,
  MinutesSpent INTEGER,
  LockerNumber INTEGER,
  FOREIGN KEY (MemberID) REFERENCES Members(MemberID)
);

INSERT INTO Plans VALUES
(1, 'Basic', 24.90, 12),
(2, 'Flex', 34.90, 1),
(3, 'Premium', 49.00, 12),
(4, 'Student', 19.50, 6),
(5, 'Off-Peak', 17.00, 6),
(6, 'Family', 72.00, 24),
(7, 'Day Guest', 12.00, NULL),
(8, 'Corporate', 39.00, 24);

INSERT INTO Members VALUES
(1, 'Abel Torres', 'M', 1988, '2020-02-03', 3, 'abel.t@inbox.example'),
(2, 'Birgit Falk', 'F', 1975, '2019-10-21', 1, 'bfalk@inbox.example'),
(3, 'Chidi Eze', 'M', 1995, '2021-06-14', 2, NULL),
(4, 'Dana Whitlock', 'F', 2001, '2022-09-05', 4, 'dana.w@campus.example'),
(5, 'Emre Aydin', 'M', 1982, '2021-01-11', 3, 'emre@aydin.example'),
(6, 'Flora Beaumont', 'F', 1964, '2018-05-30', 5, NULL),
(7, 'Giles Norrington', 'M', 1957, '2018-07-16', 5, 'giles.n@post.example'),
(8, 'Hedda Vik', 'F', 1990, '2022-01-03', 6, 'hedda@vik.example'),
(9, 'Imran Sheikh', 'M', 1999, '2022-10-10', 4, 'imran.s@campus.example'),
(10, 'Jolene Parks', 'F', 1986, '2020-08-24', 1, 'jparks@inbox.example'),
(11, 'Karel Dvorak', 'M', NULL, '2023-01-02', 2, NULL),
(12, 'Lotte Hendriks', 'F', 1993, '2021-03-08', 3, 'lotte.h@post.example'),
(13, 'Milo Vik', 'M', 2007, '2022-01-03', 6, NULL),
(14, 'Nora Castell', 'F', 1979, '2019-04-01', 1, 'nora.c@inbox.example'),
(15, 'Otto Reyes', NULL, 1991, '2023-04-17', 1, 'otto@reyes.example'),
(16, 'Paula Stern', 'F', 2002, '2023-09-18', 4, 'paula.s@campus.example'),
(17, 'Quincy Obi', 'M', 1984, '2020-11-09', 2, 'qobi@post.example'),
(18, 'Rosalind Kemp', 'F', 1970, '2023-01-16', 1, NULL);

INSERT INTO Trainers VALUES
(1, 'Marcus Hale', 'Strength', 38.00, '2017-03-01'),
(2, 'Ilse Brandt', 'Yoga', 35.50, '2018-01-15'),
(3, 'Tariq Aziz', 'Boxing', 36.00, '2019-06-01'),
(4, 'Sandra Pell', 'Cycling', 32.00, '2020-09-14'),
(5, 'Yves Lambert', 'Swimming', 34.00, '2021-02-22'),
(6, 'Joanna Reed', 'Yoga', 31.00, '2022-04-04'),
(7, 'Bruno Keller', NULL, 28.50, '2023-05-08'),
(8, 'Amelie Fox', 'Dance', 30.00, '2021-08-30');

INSERT INTO Courses VALUES
(1, 'Morning Yoga', 2, 'Monday', 'Studio 1', 60, 15, 'beginner'),
(2, 'Power Yoga', 6, 'Wednesday', 'Studio 1', 75, 12, 'advanced'),
(3, 'Spin Express', 4, 'Tuesday', 'Bike Room', 45, 20, 'all'),
(4, 'Hill Climb', 4, 'Thursday', 'Bike Room', 60, 20, 'advanced'),
(5, 'Boxing Basics', 3, 'Monday', 'Hall', 60, 16, 'beginner'),
(6, 'Sparring', 3, 'Friday', 'Hall', 90, 8, 'advanced'),
(7, 'Barbell Club', 1, 'Wednesday', 'Weight Room', 60, 10, 'intermediate'),
(8, 'Aqua Fit', 5, 'Tuesday', 'Pool', 45, 18, 'all'),
(9, 'Lane Technique', 5, 'Saturday', 'Pool', 60, 8, 'intermediate'),
(10, 'Street Dance', 8, 'Friday', 'Studio 2', 60, 25, 'beginner'),
(11, 'Back Care', 2, 'Thursday', 'Studio 2', 45, 12, 'beginner'),
(12, 'Stretch and Relax', NULL, 'Sunday', 'Studio 1', 30, NULL, 'all'),
(13, 'Gentle Barre', 8, 'Wednesday', 'Studio 2', 50, 14, 'beginner');

INSERT INTO Enrolments VALUES
(1, 7, '2022-01-10', 5),
(1, 5, '2022-03-07', 4),
(1, 6, '2022-09-02', 5),
(2, 1, '2021-04-12', 5),
(2, 11, '2021-04-15', 4),
(3, 5, '2021-09-06', 3),
(3, 6, '2022-02-11', 4),
(4, 10, '2022-09-16', 5),
(4, 3, '2022-10-04', NULL),
(5, 7, '2021-02-03', 4),
(5, 4, '2021-05-20', 2),
(6, 8, '2019-03-05', 5),
(6, 11, '2019-11-14', 5),
(6, 1, '2020-01-13', 3),
(7, 8, '2018-09-11', 4),
(7, 11, '2020-02-06', NULL),
(8, 2, '2022-02-09', 4),
(8, 3, '2022-02-15', 3),
(8, 9, '2022-06-18', 5),
(9, 5, '2022-11-07', 4),
(10, 3, '2020-09-22', 5),
(10, 4, '2021-01-14', 4),
(10, 1, '2022-05-02', NULL),
(12, 2, '2021-03-24', 5),
(12, 9, '2021-07-10', 4),
(12, 7, '2022-01-19', 3),
(13, 10, '2022-03-11', 2),
(14, 11, '2019-06-06', 3),
(14, 3, '2020-10-06', 4),
(16, 10, '2023-10-06', 4),
(17, 6, '2021-10-01', 3),
(17, 5, '2021-01-25', 5),
(18, 1, '2023-02-06', 4),
(18, 8, '2023-02-14', NULL),
(18, 11, '2023-03-02', 4);

INSERT INTO Machines VALUES
(1, 'Treadmill', 'Runwell', '2018-02-12', 4200.00, '2023-09-04', 'working', 4),
(2, 'Treadmill', 'Runwell', '2018-02-12', 4200.00, '2023-03-20', 'broken', 4),
(3, 'Treadmill', 'Kardia', '2022-08-01', 5150.00, '2023-09-04', 'working', 4),
(4, 'Rowing Machine', 'Kardia', '2019-05-27', 2350.00, '2023-06-12', 'working', 1),
(5, 'Rowing Machine', 'Fjordline', '2021-11-15', 2890.00, NULL, 'working', 1),
(6, 'Leg Press', 'Ironhaus', '2017-04-03', 3600.00, '2022-12-01', 'working', 1),
(7, 'Cable Tower', 'Ironhaus', '2020-01-20', 4980.00, '2023-01-17', 'in repair', 1),
(8, 'Exercise Bike', 'Kardia', '2021-03-09', 1750.00, '2023-09-05', 'working', 4),
(9, 'Exercise Bike', 'Kardia', '2021-03-09', 1750.00, '2023-09-05', 'working', 4),
(10, 'Exercise Bike', 'Runwell', '2016-10-10', 1400.00, '2021-07-28', 'broken', NULL),
(11, 'Chest Press', 'Ironhaus', '2019-09-02', 3250.00, '2023-02-08', 'working', 1),
(12, 'Stair Climber', 'Runwell', '2023-01-30', 6100.00, NULL, 'working', 7),
(13, 'Smith Machine', 'Ironhaus', '2022-05-16', 2700.00, '2023-05-22', 'working', NULL),
(14, 'Exercise Bike', 'Fjordline', '2023-06-19', 2100.00, NULL, 'working', 7);

INSERT INTO CheckIns VALUES
(1, 1, '2023-10-02', 85, 14),
(2, 2, '2023-10-02', 60, 3),
(3, 6, '2023-10-03', 70, 8),
(4, 8, '2023-10-03', 55, NULL),
(5, 5, '2023-10-04', 95, 14),
(6, 1, '2023-10-04', 90, 21),
(7, 12, '2023-10-04', 75, 5),
(8, 10, '2023-10-05', 65, 3),
(9, 17, '2023-10-06', 100, 21),
(10, 4, '2023-10-06', 50, NULL),
(11, 1, '2023-10-09', 80, 14),
(12, 9, '2023-10-09', 60, 11),
(13, 7, '2023-10-10', 45, 8),
(14, 6, '2023-10-10', 70, 2),
(15, 12, '2023-10-11', NULL, 5),
(16, 3, '2023-10-13', 110, 30),
(17, 1, '2023-10-13', 105, 14),
(18, 16, '2023-10-13', 65, NULL),
(19, 18, '2023-10-16', 40, 3),
(20, 14, '2023-10-17', 55, 8),
(21, 8, '2023-10-17', 60, 12),
(22, 12, '2023-10-18', 80, 5),
(23, 5, '2023-10-18', NULL, 21),
(24, 17, '2023-10-20', 90, 30),
(25, 11, '2023-10-21', 35, NULL);
