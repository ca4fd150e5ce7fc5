-- A secondary school: students in their classes, teachers, subjects, term grades and after-school clubs.
CREATE TABLE Teacher (
  TeacherID INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  HireDate DATE NOT NULL,
  Salary INTEGER NOT NULL,
  Office TEXT
);
CREATE TABLE Class (
  ClassID INTEGER PRIMARY KEY,
  ClassName TEXT NOT NULL,
  Year INTEGER NOT NULL,
  RoomNumber TEXT,
  HeadTeacherID INTEGER,
  FOREIGN KEY (HeadTeacherID) REFERENCES Teacher(TeacherID)
);
CREATE TABLE Student (
  StudentID INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  BirthDate DATE NOT NULL,
  Hometown TEXT,
  ClassID INTEGER NOT NULL,
  FOREIGN KEY (ClassID) REFERENCES Class(ClassID)
);
CREATE TABLE Subject (
  SubjectID INTEGER PRIMARY KEY,
  SubjectName TEXT NOT NULL,
  Department TEXT NOT NULL,
  WeeklyHours INTEGER NOT NULL,
  TeacherID INTEGER,
  FOREIGN KEY (TeacherID) REFERENCES Teacher(TeacherID)
);
CREATE TABLE Grade (
  StudentID INTEGER NOT NULL,
  SubjectID INTEGER NOT NULL,
  Term TEXT NOT NULL,
  Score REAL,
  Remark TEXT,
  PRIMARY KEY (StudentID, SubjectID, Term),
  FOREIGN KEY (StudentID) REFERENCES Student(StudentID),
  FOREIGN KEY (SubjectID) REFERENCES Subject(SubjectID)
);
CREATE TABLE Club (
  ClubID INTEGER PRIMARY KEY,
  ClubName TEXT NOT NULL,
  MeetingDay TEXT NOT NULL,
  Fee DECIMAL(5,2),
  TeacherID INTEGER,
  FOREIGN KEY (TeacherID) REFERENCES Teacher(TeacherID)
);
CREATE TABLE ClubMember (
  ClubID INTEGER NOT NULL,
  StudentID INTEGER NOT NULL,
  JoinDate DATE NOT NULL,
  Role TEXT,
  PRIMARY KEY (ClubID, StudentID),
  FOREIGN KEY (ClubID) REFERENCES Club(ClubID),
  FOREIGN KEY (StudentID) REFERENCES Student(StudentID)
);

INSERT INTO Teacher VALUES
(1, 'Margaret', 'Oakley', '2001-09-01', 58200, 'A12'),
(2, 'Samuel', 'Ferris', '2010-09-01', 49750, 'B03'),
(3, 'Yasmin', 'Khalil', '2015-01-12', 45100, 'A14'),
(4, 'Robert', 'Tate', '1998-09-01', 61000, 'C01'),
(5, 'Lucia', 'Moretti', '2018-09-03', 41300, NULL),
(6, 'Andrew', 'Sloane', '2012-04-16', 47900, 'B03'),
(7, 'Frieda', 'Lange', '2020-09-01', 38800, 'D07'),
(8, 'Colin', 'Beckett', '2006-09-04', 53400, 'C05'),
(9, 'Hye-jin', 'Park', '2022-09-01', 36500, NULL),
(10, 'Ruth', 'Oakley', '2016-09-05', 44250, 'A12');

INSERT INTO Class VALUES
(1, '7A', 7, 'R101', 5),
(2, '7B', 7, 'R102', 7),
(3, '8A', 8, 'R201', 2),
(4, '8B', 8, 'R202', 3),
(5, '9A', 9, 'R301', 1),
(6, '9B', 9, NULL, NULL),
(7, '10A', 10, 'R305', 8),
(8, '10B', 10, 'R306', NULL);

INSERT INTO Student VALUES
(1, 'Adam', 'Birkett', '2011-02-17', 'Ashford', 1),
(2, 'Bella', 'Ames', '2011-06-30', 'Kingsmere', 1),
(3, 'Charlie', 'Dunn', '2010-11-08', 'Ashford', 1),
(4, 'Daria', 'Popova', '2011-03-25', NULL, 2),
(5, 'Ethan', 'Marlow', '2011-08-14', 'Little Wick', 2),
(6, 'Fatima', 'Siddiq', '2010-01-22', 'Kingsmere', 3),
(7, 'Gregor', 'Stahl', '2009-12-03', 'Ashford', 3),
(8, 'Holly', 'Birkett', '2010-04-19', 'Ashford', 3),
(9, 'Ivan', 'Popova', '2009-10-10', NULL, 4),
(10, 'Jasmine', 'Tran', '2010-07-05', 'Kingsmere', 4),
(11, 'Kofi', 'Asante', '2009-03-11', 'Thornbridge', 5),
(12, 'Leah', 'Goldberg', '2008-09-28', 'Kingsmere', 5),
(13, 'Mateo', 'Ruiz', '2009-05-16', 'Little Wick', 5),
(14, 'Niamh', 'Carroll', '2008-12-20', 'Thornbridge', 5),
(15, 'Oscar', 'Dunn', '2009-01-31', 'Ashford', 6),
(16, 'Poppy', 'Hale', '2009-07-23', 'Kingsmere', 6),
(17, 'Quentin', 'Ames', '2007-10-02', 'Ashford', 7),
(18, 'Rania', 'Siddiq', '2008-02-14', 'Kingsmere', 7),
(19, 'Seth', 'Lowell', '2007-11-27', 'Thornbridge', 7),
(20, 'Tilda', 'Berg', '2008-06-09', 'Ashford', 7),
(21, 'Umar', 'Farouk', '2007-12-15', NULL, 7),
(22, 'Violet', 'Hale', '2008-03-03', 'Kingsmere', 6);

INSERT INTO Subject VALUES
(1, 'Mathematics', 'Science', 5, 1),
(2, 'Physics', 'Science', 3, 4),
(3, 'Biology', 'Science', 3, 3),
(4, 'English', 'Languages', 5, 8),
(5, 'German', 'Languages', 3, 7),
(6, 'History', 'Humanities', 2, 2),
(7, 'Geography', 'Humanities', 2, 2),
(8, 'Music', 'Arts', 2, 5),
(9, 'Drawing', 'Arts', 1, 5),
(10, 'Philosophy', 'Humanities', 1, NULL),
(11, 'Latin', 'Languages', 2, 8),
(12, 'Astronomy', 'Science', 2, 4);

INSERT INTO Grade VALUES
(1, 1, 'Autumn', 71.5, NULL),
(1, 4, 'Autumn', 64.0, 'talks too much'),
(2, 1, 'Autumn', 88.0, 'excellent'),
(2, 1, 'Spring', 91.5, 'excellent'),
(2, 8, 'Autumn', 95.0, 'excellent'),
(3, 1, 'Autumn', 52.0, 'needs help'),
(3, 3, 'Spring', 60.5, NULL),
(4, 4, 'Autumn', 79.0, NULL),
(4, 5, 'Autumn', 83.5, NULL),
(5, 1, 'Spring', 45.0, 'needs help'),
(6, 2, 'Autumn', 90.0, 'excellent'),
(6, 3, 'Autumn', 86.5, NULL),
(6, 4, 'Spring', 77.0, NULL),
(7, 5, 'Autumn', 98.0, 'native speaker'),
(7, 6, 'Autumn', 58.5, NULL),
(8, 6, 'Autumn', 74.0, NULL),
(8, 8, 'Spring', 81.0, NULL),
(9, 2, 'Autumn', 49.5, 'needs help'),
(10, 2, 'Autumn', 68.0, NULL),
(10, 7, 'Spring', 84.0, NULL),
(11, 1, 'Autumn', 93.0, 'excellent'),
(11, 2, 'Autumn', 89.0, NULL),
(11, 2, 'Spring', 94.5, 'excellent'),
(12, 4, 'Autumn', 97.0, 'excellent'),
(12, 6, 'Autumn', 88.0, NULL),
(13, 1, 'Autumn', 66.0, NULL),
(13, 7, 'Autumn', 71.0, NULL),
(14, 3, 'Autumn', 80.5, NULL),
(14, 4, 'Spring', 85.0, NULL),
(15, 1, 'Autumn', NULL, 'absent'),
(15, 6, 'Autumn', 62.0, NULL),
(16, 9, 'Spring', 90.5, 'excellent'),
(17, 2, 'Autumn', 55.0, NULL),
(17, 4, 'Autumn', 69.5, NULL),
(18, 3, 'Autumn', 92.0, 'excellent'),
(18, 5, 'Spring', 78.5, NULL),
(19, 7, 'Autumn', 64.5, NULL),
(20, 11, 'Autumn', 73.0, NULL),
(20, 4, 'Autumn', NULL, 'absent'),
(18, 11, 'Autumn', 87.0, NULL);

INSERT INTO Club VALUES
(1, 'Chess', 'Monday', 5.00, 1),
(2, 'Robotics', 'Wednesday', 25.00, 4),
(3, 'Choir', 'Tuesday', NULL, 5),
(4, 'Drama', 'Thursday', 12.50, 8),
(5, 'Football', 'Friday', 10.00, 6),
(6, 'School Paper', 'Monday', NULL, 2),
(7, 'Climbing', 'Wednesday', 30.00, 6),
(8, 'Knitting', 'Tuesday', 4.00, NULL);

INSERT INTO ClubMember VALUES
(1, 2, '2022-09-12', NULL),
(1, 11, '2021-09-13', 'captain'),
(1, 13, '2021-09-13', NULL),
(1, 6, '2022-09-19', NULL),
(2, 11, '2021-09-15', NULL),
(2, 6, '2022-09-14', NULL),
(2, 18, '2020-09-16', 'captain'),
(2, 10, '2023-01-11', NULL),
(2, 17, '2020-09-16', NULL),
(3, 2, '2022-09-13', NULL),
(3, 8, '2022-09-13', 'soloist'),
(3, 16, '2021-10-05', 'soloist'),
(3, 4, '2023-01-10', NULL),
(4, 12, '2021-09-16', 'director'),
(4, 14, '2021-09-16', NULL),
(4, 16, '2022-01-13', NULL),
(5, 1, '2022-09-16', NULL),
(5, 3, '2022-09-16', NULL),
(5, 7, '2021-09-17', NULL),
(5, 15, '2021-09-17', 'captain'),
(5, 17, '2020-09-18', NULL),
(5, 19, '2020-09-18', 'goalkeeper'),
(6, 12, '2022-09-05', 'editor'),
(6, 18, '2021-09-06', NULL),
(6, 20, '2021-09-06', 'photographer'),
(7, 7, '2022-10-05', NULL),
(7, 13, '2022-10-05', NULL),
(7, 19, '2021-10-06', 'captain');
