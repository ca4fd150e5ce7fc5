-- How many members are signed up with the gym?
SELECT COUNT(*) FROM Members;

-- What's the total number of gym members?
SELECT COUNT(*) FROM Members;

-- List the names of the courses held on 'Wednesday'.
SELECT CourseName FROM Courses WHERE Weekday = 'Wednesday';

-- Which trainers specialise in 'Yoga'? Full names, please.
SELECT FullName FROM Trainers WHERE Speciality = 'Yoga';

-- Show the name and monthly fee of each plan that costs less than 25.
SELECT PlanName, MonthlyFee FROM Plans WHERE MonthlyFee < 25;

-- In which different rooms do courses take place?
SELECT DISTINCT Room FROM Courses;

-- Give the distinct rooms used for courses.
SELECT DISTINCT Room FROM Courses;

-- How many machines are 'broken'?
SELECT COUNT(*) FROM Machines WHERE Status = 'broken';

-- What is the average price of our machines?
SELECT AVG(Price) FROM Machines;

-- Which machines have never been serviced, i.e. have no last service? Machine ID and type.
SELECT MachineID, MachineType FROM Machines WHERE LastService IS NULL;

-- Members without an email: who are they?
SELECT FullName FROM Members WHERE Email IS NULL;

-- Find the full names of members who joined between 2022-01-01 and 2022-12-31.
SELECT FullName FROM Members WHERE JoinDate BETWEEN '2022-01-01' AND '2022-12-31';

-- Who became a member in 2022 (2022-01-01 to 2022-12-31)?
SELECT FullName FROM Members WHERE JoinDate BETWEEN '2022-01-01' AND '2022-12-31';

-- What were the longest and the shortest stay, in minutes spent, of all check-ins?
SELECT MAX(MinutesSpent), MIN(MinutesSpent) FROM CheckIns;

-- How many different makers have built our machines?
SELECT COUNT(DISTINCT Maker) FROM Machines;

-- Tell me the hourly rate of 'Tariq Aziz' and the day he was hired.
SELECT HourlyRate, HiredOn FROM Trainers WHERE FullName = 'Tariq Aziz';

-- Which course names contain 'Yoga'?
SELECT CourseName FROM Courses WHERE CourseName LIKE '%Yoga%';

-- Show course names and durations of 'beginner' courses lasting under 60 minutes.
SELECT CourseName, DurationMinutes FROM Courses WHERE Level = 'beginner' AND DurationMinutes < 60;

-- What did all the 'Kardia' machines cost together?
SELECT SUM(Price) FROM Machines WHERE Maker = 'Kardia';

-- How many check-ins were there on 2023-10-13?
SELECT COUNT(*) FROM CheckIns WHERE VisitDate = '2023-10-13';

-- List the names of members born before 1970 or after 2000.
SELECT FullName FROM Members WHERE BirthYear < 1970 OR BirthYear > 2000;

-- Which locker numbers were handed out on 2023-10-04?
SELECT LockerNumber FROM CheckIns WHERE VisitDate = '2023-10-04';

-- How many members does each plan have? Show plan name and number.
SELECT Plans.PlanName, COUNT(*) FROM Plans JOIN Members ON Plans.PlanID = Members.PlanID GROUP BY Plans.PlanID;

-- For every plan in use, give its name and its member count.
SELECT Plans.PlanName, COUNT(*) FROM Plans JOIN Members ON Plans.PlanID = Members.PlanID GROUP BY Plans.PlanID;

-- Which trainer has the highest hourly rate?
SELECT FullName FROM Trainers ORDER BY HourlyRate DESC LIMIT 1;

-- Show every course name along with the full name of its trainer.
SELECT Courses.CourseName, Trainers.FullName FROM Courses JOIN Trainers ON Courses.TrainerID = Trainers.TrainerID;

-- Which course has the most enrolments? Give the course name.
SELECT Courses.CourseName FROM Courses JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID GROUP BY Courses.CourseID ORDER BY COUNT(*) DESC LIMIT 1;

-- For each machine type: the number of machines and the average price.
SELECT MachineType, COUNT(*), AVG(Price) FROM Machines GROUP BY MachineType;

-- Count the machines of each type and give their mean price; show type, count, mean.
SELECT MachineType, COUNT(*), AVG(Price) FROM Machines GROUP BY MachineType;

-- Which members are enrolled in 'Sparring'? Names in alphabetical order.
SELECT Members.FullName FROM Members JOIN Enrolments ON Members.MemberID = Enrolments.MemberID JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.CourseName = 'Sparring' ORDER BY Members.FullName ASC;

-- How many times did each member check in? Member name and number of check-ins, most frequent first.
SELECT Members.FullName, COUNT(*) FROM Members JOIN CheckIns ON Members.MemberID = CheckIns.MemberID GROUP BY Members.MemberID ORDER BY COUNT(*) DESC;

-- What is the average rating of the course 'Back Care'?
SELECT AVG(Enrolments.Rating) FROM Enrolments JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.CourseName = 'Back Care';

-- How well is 'Back Care' rated on average?
SELECT AVG(Enrolments.Rating) FROM Enrolments JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.CourseName = 'Back Care';

-- Which makers have sold us at least 4 machines?
SELECT Maker FROM Machines GROUP BY Maker HAVING COUNT(*) >= 4;

-- List the three most expensive machines with ID, type and price.
SELECT MachineID, MachineType, Price FROM Machines ORDER BY Price DESC LIMIT 3;

-- Which weekday has the most courses?
SELECT Weekday FROM Courses GROUP BY Weekday ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the full name and email of each member on the 'Student' plan?
SELECT Members.FullName, Members.Email FROM Members JOIN Plans ON Members.PlanID = Plans.PlanID WHERE Plans.PlanName = 'Student';

-- Names and email addresses of everybody who has the plan 'Student'.
SELECT Members.FullName, Members.Email FROM Members JOIN Plans ON Members.PlanID = Plans.PlanID WHERE Plans.PlanName = 'Student';

-- How many courses does each trainer give? Trainer's name and number of courses.
SELECT Trainers.FullName, COUNT(*) FROM Trainers JOIN Courses ON Trainers.TrainerID = Courses.TrainerID GROUP BY Trainers.TrainerID;

-- For each level, show the shortest and longest course duration.
SELECT Level, MIN(DurationMinutes), MAX(DurationMinutes) FROM Courses GROUP BY Level;

-- On which dates did 'Lotte Hendriks' come in? Latest first.
SELECT CheckIns.VisitDate FROM CheckIns JOIN Members ON CheckIns.MemberID = Members.MemberID WHERE Members.FullName = 'Lotte Hendriks' ORDER BY CheckIns.VisitDate DESC;

-- Give the number of members by gender, where the gender is known.
SELECT Gender, COUNT(*) FROM Members WHERE Gender IS NOT NULL GROUP BY Gender;

-- Who is the youngest member, going by birth year?
SELECT FullName FROM Members ORDER BY BirthYear DESC LIMIT 1;

-- Which lockers were used more than twice? Leave out visits without a locker number.
SELECT LockerNumber FROM CheckIns WHERE LockerNumber IS NOT NULL GROUP BY LockerNumber HAVING COUNT(*) > 2;

-- Show the types of machines that 'Sandra Pell' looks after, without repeats (distinct).
SELECT DISTINCT Machines.MachineType FROM Machines JOIN Trainers ON Machines.TrainerID = Trainers.TrainerID WHERE Trainers.FullName = 'Sandra Pell';

-- What distinct machine types are in the care of 'Sandra Pell'?
SELECT DISTINCT Machines.MachineType FROM Machines JOIN Trainers ON Machines.TrainerID = Trainers.TrainerID WHERE Trainers.FullName = 'Sandra Pell';

-- Average rating for each course name, best rated first, please.
SELECT Courses.CourseName, AVG(Enrolments.Rating) FROM Courses JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID GROUP BY Courses.CourseID ORDER BY AVG(Enrolments.Rating) DESC;

-- How many enrolments got the top rating of 5 in courses held in 'Studio 1'?
SELECT COUNT(*) FROM Enrolments JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Enrolments.Rating = 5 AND Courses.Room = 'Studio 1';

-- In which rooms do the courses add up to more than 120 minutes a week? Show room and total minutes.
SELECT Room, SUM(DurationMinutes) FROM Courses GROUP BY Room HAVING SUM(DurationMinutes) > 120;

-- What's the average monthly fee paid by female members ('F')?
SELECT AVG(Plans.MonthlyFee) FROM Plans JOIN Members ON Plans.PlanID = Members.PlanID WHERE Members.Gender = 'F';

-- List plan names and fees from dearest to cheapest.
SELECT PlanName, MonthlyFee FROM Plans ORDER BY MonthlyFee DESC;

-- Who are the three latest hired trainers? Name and hiring date.
SELECT FullName, HiredOn FROM Trainers ORDER BY HiredOn DESC LIMIT 3;

-- Which members are enrolled in no course? Full names.
SELECT FullName FROM Members WHERE MemberID NOT IN (SELECT MemberID FROM Enrolments);

-- Members who never enrolled in anything, what are their names?
SELECT FullName FROM Members WHERE MemberID NOT IN (SELECT MemberID FROM Enrolments);

-- Find the trainers earning more per hour than the average trainer: name and hourly rate.
SELECT FullName, HourlyRate FROM Trainers WHERE HourlyRate > (SELECT AVG(HourlyRate) FROM Trainers);

-- Which plans has nobody chosen?
SELECT PlanName FROM Plans WHERE PlanID NOT IN (SELECT PlanID FROM Members);

-- Which courses have no enrolments so far?
SELECT CourseName FROM Courses WHERE CourseID NOT IN (SELECT CourseID FROM Enrolments);

-- Give the weekdays on which there are both 'beginner' and 'advanced' courses.
SELECT Weekday FROM Courses WHERE Level = 'beginner' INTERSECT SELECT Weekday FROM Courses WHERE Level = 'advanced';

-- On what days of the week can you find a 'beginner' course as well as an 'advanced' one?
SELECT Weekday FROM Courses WHERE Level = 'beginner' INTERSECT SELECT Weekday FROM Courses WHERE Level = 'advanced';

-- What are the IDs of members who are enrolled in some course but have not checked in?
SELECT MemberID FROM Enrolments EXCEPT SELECT MemberID FROM CheckIns;

-- Which trainers give no course at all? Full names only.
SELECT FullName FROM Trainers WHERE TrainerID NOT IN (SELECT TrainerID FROM Courses WHERE TrainerID IS NOT NULL);

-- Names of members on the 'Premium' plan who stayed more than 80 minutes on some visit, each listed once (distinct).
SELECT DISTINCT Members.FullName FROM Members JOIN Plans ON Members.PlanID = Plans.PlanID JOIN CheckIns ON Members.MemberID = CheckIns.MemberID WHERE Plans.PlanName = 'Premium' AND CheckIns.MinutesSpent > 80;

-- Which machines cost more than the dearest 'Ironhaus' machine? Machine ID, type and maker.
SELECT MachineID, MachineType, Maker FROM Machines WHERE Price > (SELECT MAX(Price) FROM Machines WHERE Maker = 'Ironhaus');

-- Make one list of the names of all trainers with the speciality 'Boxing' and all members born in 1995.
SELECT FullName FROM Trainers WHERE Speciality = 'Boxing' UNION SELECT FullName FROM Members WHERE BirthYear = 1995;

-- Courses of trainers hired after 2019-12-31 with room for at least 15 people (max places): course name and trainer name?
SELECT Courses.CourseName, Trainers.FullName FROM Courses JOIN Trainers ON Courses.TrainerID = Trainers.TrainerID WHERE Trainers.HiredOn > '2019-12-31' AND Courses.MaxPlaces >= 15;

-- Who is enrolled in both 'Boxing Basics' and 'Sparring'? Full names of the members.
SELECT Members.FullName FROM Members JOIN Enrolments ON Members.MemberID = Enrolments.MemberID JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.CourseName = 'Boxing Basics' INTERSECT SELECT Members.FullName FROM Members JOIN Enrolments ON Members.MemberID = Enrolments.MemberID JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.CourseName = 'Sparring';

-- Which trainer has the most enrolments over all of his or her courses? Give the name and the number of enrolments.
SELECT Trainers.FullName, COUNT(*) FROM Trainers JOIN Courses ON Trainers.TrainerID = Courses.TrainerID JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID GROUP BY Trainers.TrainerID ORDER BY COUNT(*) DESC LIMIT 1;

-- Find the trainer whose courses drew the largest number of enrolments; show trainer name and that number.
SELECT Trainers.FullName, COUNT(*) FROM Trainers JOIN Courses ON Trainers.TrainerID = Courses.TrainerID JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID GROUP BY Trainers.TrainerID ORDER BY COUNT(*) DESC LIMIT 1;

-- Show trainers whose courses are rated 4 or better on average: name and average rating, best first.
SELECT Trainers.FullName, AVG(Enrolments.Rating) FROM Trainers JOIN Courses ON Trainers.TrainerID = Courses.TrainerID JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID GROUP BY Trainers.TrainerID HAVING AVG(Enrolments.Rating) >= 4 ORDER BY AVG(Enrolments.Rating) DESC;

-- Which plan's members spent the most minutes in the gym altogether? Plan name and total minutes.
SELECT Plans.PlanName, SUM(CheckIns.MinutesSpent) FROM Plans JOIN Members ON Plans.PlanID = Members.PlanID JOIN CheckIns ON Members.MemberID = CheckIns.MemberID GROUP BY Plans.PlanID ORDER BY SUM(CheckIns.MinutesSpent) DESC LIMIT 1;

-- How many different members has 'Ilse Brandt' had in her courses?
SELECT COUNT(DISTINCT Enrolments.MemberID) FROM Enrolments JOIN Courses ON Enrolments.CourseID = Courses.CourseID JOIN Trainers ON Courses.TrainerID = Trainers.TrainerID WHERE Trainers.FullName = 'Ilse Brandt';

-- List the names of members with at least two check-ins whose average stay is longer than the average over all check-ins.
SELECT Members.FullName FROM Members JOIN CheckIns ON Members.MemberID = CheckIns.MemberID GROUP BY Members.MemberID HAVING COUNT(*) >= 2 AND AVG(CheckIns.MinutesSpent) > (SELECT AVG(MinutesSpent) FROM CheckIns);

-- Which members took a course in the room 'Pool' but none in 'Studio 2'? Full names.
SELECT Members.FullName FROM Members JOIN Enrolments ON Members.MemberID = Enrolments.MemberID JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.Room = 'Pool' EXCEPT SELECT Members.FullName FROM Members JOIN Enrolments ON Members.MemberID = Enrolments.MemberID JOIN Courses ON Enrolments.CourseID = Courses.CourseID WHERE Courses.Room = 'Studio 2';

-- For each room, how many enrolments of members born after 1985 are there? Room and count, rooms with two or more only, busiest first.
SELECT Courses.Room, COUNT(*) FROM Courses JOIN Enrolments ON Courses.CourseID = Enrolments.CourseID JOIN Members ON Enrolments.MemberID = Members.MemberID WHERE Members.BirthYear > 1985 GROUP BY Courses.Room HAVING COUNT(*) >= 2 ORDER BY COUNT(*) DESC;
