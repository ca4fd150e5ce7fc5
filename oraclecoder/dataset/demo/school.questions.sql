-- How many students attend the school?
SELECT COUNT(*) FROM Student;

-- What is the number of pupils in the school?
SELECT COUNT(*) FROM Student;

-- List the names of the subjects in the 'Languages' department.
SELECT SubjectName FROM Subject WHERE Department = 'Languages';

-- Which clubs meet on 'Monday'? Names, please.
SELECT ClubName FROM Club WHERE MeetingDay = 'Monday';

-- Show the first and last names of teachers earning more than 50000.
SELECT FirstName, LastName FROM Teacher WHERE Salary > 50000;

-- Give the different hometowns of our students, where known.
SELECT DISTINCT Hometown FROM Student WHERE Hometown IS NOT NULL;

-- What's the average salary of the teachers?
SELECT AVG(Salary) FROM Teacher;

-- How much does a teacher earn on average?
SELECT AVG(Salary) FROM Teacher;

-- Which teachers have no office? Last names will do.
SELECT LastName FROM Teacher WHERE Office IS NULL;

-- When was the student 'Leah' 'Goldberg' born?
SELECT BirthDate FROM Student WHERE FirstName = 'Leah' AND LastName = 'Goldberg';

-- How many students live in 'Ashford'?
SELECT COUNT(*) FROM Student WHERE Hometown = 'Ashford';

-- Find the highest and lowest score ever given.
SELECT MAX(Score), MIN(Score) FROM Grade;

-- Name the clubs for which no fee is recorded.
SELECT ClubName FROM Club WHERE Fee IS NULL;

-- How many different departments are there?
SELECT COUNT(DISTINCT Department) FROM Subject;

-- What rooms are used by classes of year 8? List the class name and the room number.
SELECT ClassName, RoomNumber FROM Class WHERE Year = 8;

-- Total weekly hours over all subjects?
SELECT SUM(WeeklyHours) FROM Subject;

-- Sum the weekly hours of every subject taught here.
SELECT SUM(WeeklyHours) FROM Subject;

-- First names of the students born in 2008, please.
SELECT FirstName FROM Student WHERE BirthDate BETWEEN '2008-01-01' AND '2008-12-31';

-- How many grades carry the remark 'excellent'?
SELECT COUNT(*) FROM Grade WHERE Remark = 'excellent';

-- Show the names and fees of clubs costing between 5 and 15.
SELECT ClubName, Fee FROM Club WHERE Fee BETWEEN 5 AND 15;

-- Teachers hired before 2005: give first name, last name and hire date.
SELECT FirstName, LastName, HireDate FROM Teacher WHERE HireDate < '2005-01-01';

-- Which subjects have 1 or 5 weekly hours? I need the subject names.
SELECT SubjectName FROM Subject WHERE WeeklyHours = 1 OR WeeklyHours = 5;

-- How many students are in each class? Show the class name and the number of students.
SELECT Class.ClassName, COUNT(*) FROM Class JOIN Student ON Class.ClassID = Student.ClassID GROUP BY Class.ClassID;

-- For each class, give its name and its head count.
SELECT Class.ClassName, COUNT(*) FROM Class JOIN Student ON Class.ClassID = Student.ClassID GROUP BY Class.ClassID;

-- Who is the best-paid teacher? First and last name.
SELECT FirstName, LastName FROM Teacher ORDER BY Salary DESC LIMIT 1;

-- Show each subject name with the last name of the teacher who teaches it.
SELECT Subject.SubjectName, Teacher.LastName FROM Subject JOIN Teacher ON Subject.TeacherID = Teacher.TeacherID;

-- What is the average score in every subject that has grades? Give the subject name and the average.
SELECT Subject.SubjectName, AVG(Grade.Score) FROM Subject JOIN Grade ON Subject.SubjectID = Grade.SubjectID GROUP BY Subject.SubjectID;

-- List subject names together with the mean score achieved in them.
SELECT Subject.SubjectName, AVG(Grade.Score) FROM Subject JOIN Grade ON Subject.SubjectID = Grade.SubjectID GROUP BY Subject.SubjectID;

-- Which department has the most subjects?
SELECT Department FROM Subject GROUP BY Department ORDER BY COUNT(*) DESC LIMIT 1;

-- Sort the students by birth date, youngest first, and show first name and birth date.
SELECT FirstName, BirthDate FROM Student ORDER BY BirthDate DESC;

-- Which club has the most members? Give the club name.
SELECT Club.ClubName FROM Club JOIN ClubMember ON Club.ClubID = ClubMember.ClubID GROUP BY Club.ClubID ORDER BY COUNT(*) DESC LIMIT 1;

-- What's the most popular club by number of members?
SELECT Club.ClubName FROM Club JOIN ClubMember ON Club.ClubID = ClubMember.ClubID GROUP BY Club.ClubID ORDER BY COUNT(*) DESC LIMIT 1;

-- Who is in the 'Robotics' club? List first names and last names.
SELECT Student.FirstName, Student.LastName FROM Student JOIN ClubMember ON Student.StudentID = ClubMember.StudentID JOIN Club ON ClubMember.ClubID = Club.ClubID WHERE Club.ClubName = 'Robotics';

-- Which offices are shared by more than one teacher?
SELECT Office FROM Teacher WHERE Office IS NOT NULL GROUP BY Office HAVING COUNT(*) > 1;

-- For each department, show the number of subjects and the total weekly hours.
SELECT Department, COUNT(*), SUM(WeeklyHours) FROM Subject GROUP BY Department;

-- Give the names of the clubs run by 'Andrew' 'Sloane'.
SELECT Club.ClubName FROM Club JOIN Teacher ON Club.TeacherID = Teacher.TeacherID WHERE Teacher.FirstName = 'Andrew' AND Teacher.LastName = 'Sloane';

-- What was the average score in each term?
SELECT Term, AVG(Score) FROM Grade GROUP BY Term;

-- Compare the terms: term and mean score for each.
SELECT Term, AVG(Score) FROM Grade GROUP BY Term;

-- Which class is 'Mateo' 'Ruiz' in? Tell me the class name and the room number.
SELECT Class.ClassName, Class.RoomNumber FROM Class JOIN Student ON Class.ClassID = Student.ClassID WHERE Student.FirstName = 'Mateo' AND Student.LastName = 'Ruiz';

-- Which known hometowns have at least four students?
SELECT Hometown FROM Student WHERE Hometown IS NOT NULL GROUP BY Hometown HAVING COUNT(*) >= 4;

-- Show the three teachers who have been here longest, by hire date: first name and last name.
SELECT FirstName, LastName FROM Teacher ORDER BY HireDate ASC LIMIT 3;

-- List the scores of 'Kofi' 'Asante', best first.
SELECT Grade.Score FROM Grade JOIN Student ON Grade.StudentID = Student.StudentID WHERE Student.FirstName = 'Kofi' AND Student.LastName = 'Asante' ORDER BY Grade.Score DESC;

-- How many grades were recorded for the subject 'English'?
SELECT COUNT(*) FROM Grade JOIN Subject ON Grade.SubjectID = Subject.SubjectID WHERE Subject.SubjectName = 'English';

-- Count the 'English' grades.
SELECT COUNT(*) FROM Grade JOIN Subject ON Grade.SubjectID = Subject.SubjectID WHERE Subject.SubjectName = 'English';

-- Names of the classes with a head teacher, with the head teacher's first and last name.
SELECT Class.ClassName, Teacher.FirstName, Teacher.LastName FROM Class JOIN Teacher ON Class.HeadTeacherID = Teacher.TeacherID;

-- Which student IDs have three or more grades?
SELECT StudentID FROM Grade GROUP BY StudentID HAVING COUNT(*) >= 3;

-- Find the different last names of students who were marked 'absent'.
SELECT DISTINCT Student.LastName FROM Student JOIN Grade ON Student.StudentID = Grade.StudentID WHERE Grade.Remark = 'absent';

-- In what order did members join the 'Football' club? First names by join date, then by first name.
SELECT Student.FirstName FROM Student JOIN ClubMember ON Student.StudentID = ClubMember.StudentID JOIN Club ON ClubMember.ClubID = Club.ClubID WHERE Club.ClubName = 'Football' ORDER BY ClubMember.JoinDate, Student.FirstName;

-- Which meeting day has fees that add up to the highest sum? Give the day.
SELECT MeetingDay FROM Club GROUP BY MeetingDay ORDER BY SUM(Fee) DESC LIMIT 1;

-- How many club members have each role? Ignore members without a role.
SELECT Role, COUNT(*) FROM ClubMember WHERE Role IS NOT NULL GROUP BY Role;

-- For every class year, count the students, from the highest count down. Show year and count.
SELECT Class.Year, COUNT(*) FROM Class JOIN Student ON Class.ClassID = Student.ClassID GROUP BY Class.Year ORDER BY COUNT(*) DESC;

-- What's the best score in 'Physics' in the 'Autumn' term?
SELECT MAX(Grade.Score) FROM Grade JOIN Subject ON Grade.SubjectID = Subject.SubjectID WHERE Subject.SubjectName = 'Physics' AND Grade.Term = 'Autumn';

-- List the first and last names of students who belong to no club.
SELECT FirstName, LastName FROM Student WHERE StudentID NOT IN (SELECT StudentID FROM ClubMember);

-- Which pupils are not members of any club? Show first name and last name.
SELECT FirstName, LastName FROM Student WHERE StudentID NOT IN (SELECT StudentID FROM ClubMember);

-- Teachers paid above average: what are their last names and salaries?
SELECT LastName, Salary FROM Teacher WHERE Salary > (SELECT AVG(Salary) FROM Teacher);

-- Which classes have no students? Return class names.
SELECT ClassName FROM Class WHERE ClassID NOT IN (SELECT ClassID FROM Student);

-- Are there subjects for which nobody has a grade? Give their names.
SELECT SubjectName FROM Subject WHERE SubjectID NOT IN (SELECT SubjectID FROM Grade);

-- Find the IDs of teachers who both teach a subject and run a club.
SELECT TeacherID FROM Subject WHERE TeacherID IS NOT NULL INTERSECT SELECT TeacherID FROM Club WHERE TeacherID IS NOT NULL;

-- What last names do we find both among students from 'Ashford' and among students from 'Kingsmere'?
SELECT LastName FROM Student WHERE Hometown = 'Ashford' INTERSECT SELECT LastName FROM Student WHERE Hometown = 'Kingsmere';

-- Which teachers do not teach any subject? First and last names.
SELECT FirstName, LastName FROM Teacher WHERE TeacherID NOT IN (SELECT TeacherID FROM Subject WHERE TeacherID IS NOT NULL);

-- Who teaches nothing at all? First name and last name of these teachers.
SELECT FirstName, LastName FROM Teacher WHERE TeacherID NOT IN (SELECT TeacherID FROM Subject WHERE TeacherID IS NOT NULL);

-- Show the IDs of students with a 'Spring' grade but no 'Autumn' grade.
SELECT StudentID FROM Grade WHERE Term = 'Spring' EXCEPT SELECT StudentID FROM Grade WHERE Term = 'Autumn';

-- Find first names of students in year 9 classes who come from 'Kingsmere' or 'Thornbridge'.
SELECT Student.FirstName FROM Student JOIN Class ON Student.ClassID = Class.ClassID WHERE Class.Year = 9 AND Student.Hometown IN ('Kingsmere', 'Thornbridge');

-- Which students are older than 'Oscar' 'Dunn' (born on an earlier date)? First and last names.
SELECT FirstName, LastName FROM Student WHERE BirthDate < (SELECT BirthDate FROM Student WHERE FirstName = 'Oscar' AND LastName = 'Dunn');

-- List all first names of people at the school, students and teachers alike, whose last name is 'Berg' or 'Oakley'; each name once.
SELECT FirstName FROM Student WHERE LastName = 'Berg' OR LastName = 'Oakley' UNION SELECT FirstName FROM Teacher WHERE LastName = 'Berg' OR LastName = 'Oakley';

-- Which 'Science' subjects have a teacher hired before 2010? Give the subject name and that teacher's last name.
SELECT Subject.SubjectName, Teacher.LastName FROM Subject JOIN Teacher ON Subject.TeacherID = Teacher.TeacherID WHERE Subject.Department = 'Science' AND Teacher.HireDate < '2010-01-01';

-- Who has the best average score? First name, last name and that average.
SELECT Student.FirstName, Student.LastName, AVG(Grade.Score) FROM Student JOIN Grade ON Student.StudentID = Grade.StudentID GROUP BY Student.StudentID ORDER BY AVG(Grade.Score) DESC LIMIT 1;

-- Show class names with an average score above 75, best class first.
SELECT Class.ClassName FROM Class JOIN Student ON Class.ClassID = Student.ClassID JOIN Grade ON Student.StudentID = Grade.StudentID GROUP BY Class.ClassID HAVING AVG(Grade.Score) > 75 ORDER BY AVG(Grade.Score) DESC;

-- Students who are members of both the 'Chess' and the 'Robotics' club: first and last names, please.
SELECT Student.FirstName, Student.LastName FROM Student JOIN ClubMember ON Student.StudentID = ClubMember.StudentID JOIN Club ON ClubMember.ClubID = Club.ClubID WHERE Club.ClubName = 'Chess' INTERSECT SELECT Student.FirstName, Student.LastName FROM Student JOIN ClubMember ON Student.StudentID = ClubMember.StudentID JOIN Club ON ClubMember.ClubID = Club.ClubID WHERE Club.ClubName = 'Robotics';

-- How many 'excellent' remarks did each teacher hand out? Show teacher first name, last name and count, highest count first.
SELECT Teacher.FirstName, Teacher.LastName, COUNT(*) FROM Teacher JOIN Subject ON Teacher.TeacherID = Subject.TeacherID JOIN Grade ON Subject.SubjectID = Grade.SubjectID WHERE Grade.Remark = 'excellent' GROUP BY Teacher.TeacherID ORDER BY COUNT(*) DESC;

-- Which department gives the highest average score in the 'Autumn' term?
SELECT Subject.Department FROM Subject JOIN Grade ON Subject.SubjectID = Grade.SubjectID WHERE Grade.Term = 'Autumn' GROUP BY Subject.Department ORDER BY AVG(Grade.Score) DESC LIMIT 1;

-- Find the names of clubs with at least two members from 'Kingsmere'.
SELECT Club.ClubName FROM Club JOIN ClubMember ON Club.ClubID = ClubMember.ClubID JOIN Student ON ClubMember.StudentID = Student.StudentID WHERE Student.Hometown = 'Kingsmere' GROUP BY Club.ClubID HAVING COUNT(*) >= 2;

-- Give first and last names of students whose average score beats the average of all grades and who have at least two grades.
SELECT Student.FirstName, Student.LastName FROM Student JOIN Grade ON Student.StudentID = Grade.StudentID GROUP BY Student.StudentID HAVING COUNT(*) >= 2 AND AVG(Grade.Score) > (SELECT AVG(Score) FROM Grade);

-- How many different students have had a grade from a teacher called 'Beckett' by last name?
SELECT COUNT(DISTINCT Grade.StudentID) FROM Grade JOIN Subject ON Grade.SubjectID = Subject.SubjectID JOIN Teacher ON Subject.TeacherID = Teacher.TeacherID WHERE Teacher.LastName = 'Beckett';
