-- How many plays are in the repertoire?
SELECT COUNT(*) FROM Plays;

-- Count the plays.
SELECT COUNT(*) FROM Plays;

-- What are the titles of the comedies (genre comedy)?
SELECT Title FROM Plays WHERE Genre = 'comedy';

-- Who wrote 'Winter Ferry'?
SELECT Author FROM Plays WHERE Title = 'Winter Ferry';

-- Which play has no known author?
SELECT Title FROM Plays WHERE Author IS NULL;

-- List the title and length in minutes of each play written after 1980.
SELECT Title, Minutes FROM Plays WHERE YearWritten > 1980;

-- What different genres do we stage?
SELECT DISTINCT Genre FROM Plays;

-- What is the average length of a play, in minutes?
SELECT AVG(Minutes) FROM Plays;

-- Which plays have five acts or run for less than 90 minutes?
SELECT Title FROM Plays WHERE Acts = 5 OR Minutes < 90;

-- Name the halls with at least 200 seats.
SELECT Name FROM Halls WHERE Seats >= 200;

-- On which floor is the Cellar?
SELECT Floor FROM Halls WHERE Name = 'Cellar';

-- How many seats are there in all the halls together?
SELECT SUM(Seats) FROM Halls;

-- Give the total seats over all halls.
SELECT SUM(Seats) FROM Halls;

-- Show the halls for which no renovation is recorded.
SELECT Name FROM Halls WHERE RenovatedIn IS NULL;

-- Which actors come from Leeds?
SELECT FullName FROM Actors WHERE HomeTown = 'Leeds';

-- How many actors are with the agency Starling?
SELECT COUNT(*) FROM Actors WHERE Agency = 'Starling';

-- Find the name and birth year of actors who have no agency.
SELECT FullName, BirthYear FROM Actors WHERE Agency IS NULL;

-- Who was born between 1980 and 1992?
SELECT FullName FROM Actors WHERE BirthYear BETWEEN 1980 AND 1992;

-- Which actors have the surname Prewitt, that is, a full name ending in 'Prewitt'?
SELECT FullName FROM Actors WHERE FullName LIKE '%Prewitt';

-- How many roles are supporting ones?
SELECT COUNT(*) FROM Roles WHERE Weight = 'supporting';

-- What is the largest audience we ever had?
SELECT MAX(Audience) FROM Performances;

-- Dates of the performances directed by Ana Duarte?
SELECT PlayedOn FROM Performances WHERE Director = 'Ana Duarte';

-- How many different people have bought tickets?
SELECT COUNT(DISTINCT Buyer) FROM Tickets;

-- What did Sam Odell pay for tickets altogether?
SELECT SUM(Price) FROM Tickets WHERE Buyer = 'Sam Odell';

-- List the plays, title and year, from the oldest to the most recent.
SELECT Title, YearWritten FROM Plays ORDER BY YearWritten;

-- Which is our longest play?
SELECT Title FROM Plays ORDER BY Minutes DESC LIMIT 1;

-- Tell me the title of the play that runs the most minutes.
SELECT Title FROM Plays ORDER BY Minutes DESC LIMIT 1;

-- For each genre, show the number of plays and their average length.
SELECT Genre, COUNT(*), AVG(Minutes) FROM Plays GROUP BY Genre;

-- Which authors wrote more than one of our plays?
SELECT Author FROM Plays GROUP BY Author HAVING COUNT(*) > 1;

-- Name the smallest hall and its number of seats.
SELECT Name, Seats FROM Halls ORDER BY Seats LIMIT 1;

-- For each floor, how many halls are there and how many seats does the biggest have?
SELECT Floor, COUNT(*), MAX(Seats) FROM Halls GROUP BY Floor;

-- Who is the oldest actor, going by birth year?
SELECT FullName FROM Actors ORDER BY BirthYear LIMIT 1;

-- Which home town has given us the most actors?
SELECT HomeTown FROM Actors GROUP BY HomeTown ORDER BY COUNT(*) DESC LIMIT 1;

-- From which town does the largest number of our actors come?
SELECT HomeTown FROM Actors GROUP BY HomeTown ORDER BY COUNT(*) DESC LIMIT 1;

-- Number of performances per director, most active first.
SELECT Director, COUNT(*) FROM Performances GROUP BY Director ORDER BY COUNT(*) DESC;

-- Which directors have an average audience above 300?
SELECT Director FROM Performances GROUP BY Director HAVING AVG(Audience) > 300;

-- List the roles in 'Hush, Harriet'.
SELECT Roles.RoleName FROM Roles JOIN Plays ON Roles.PlayId = Plays.PlayId WHERE Plays.Title = 'Hush, Harriet';

-- Give the play title and role name of every lead role.
SELECT Plays.Title, Roles.RoleName FROM Plays JOIN Roles ON Plays.PlayId = Roles.PlayId WHERE Roles.Weight = 'lead';

-- How many roles does each play have? Show the title and the count.
SELECT Plays.Title, COUNT(*) FROM Plays JOIN Roles ON Plays.PlayId = Roles.PlayId GROUP BY Plays.PlayId;

-- For every play with roles, list its title and how many roles it has.
SELECT Plays.Title, COUNT(*) FROM Plays JOIN Roles ON Plays.PlayId = Roles.PlayId GROUP BY Plays.PlayId;

-- Which role has the most lines, and in which play is it?
SELECT Roles.RoleName, Plays.Title FROM Roles JOIN Plays ON Roles.PlayId = Plays.PlayId ORDER BY Roles.LineCount DESC LIMIT 1;

-- Who plays the Ferryman?
SELECT Actors.FullName FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.RoleName = 'Ferryman';

-- Show each actor who has been cast together with the number of roles.
SELECT Actors.FullName, COUNT(*) FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId GROUP BY Actors.ActorId;

-- Which actor is cast in the most roles?
SELECT Actors.FullName FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId GROUP BY Actors.ActorId ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the average nightly fee for each weight of role?
SELECT Roles.Weight, AVG(Castings.NightlyFee) FROM Roles JOIN Castings ON Roles.RoleId = Castings.RoleId GROUP BY Roles.Weight;

-- Names of the actors who earn a nightly fee above 300, with that fee.
SELECT Actors.FullName, Castings.NightlyFee FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId WHERE Castings.NightlyFee > 300;

-- On which dates was 'Two Left Gloves' performed?
SELECT Performances.PlayedOn FROM Performances JOIN Plays ON Performances.PlayId = Plays.PlayId WHERE Plays.Title = 'Two Left Gloves';

-- Which distinct plays have been put on in the Great Hall?
SELECT DISTINCT Plays.Title FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId JOIN Halls ON Performances.HallId = Halls.HallId WHERE Halls.Name = 'Great Hall';

-- How many performances took place in each hall? Hall name and number.
SELECT Halls.Name, COUNT(*) FROM Halls JOIN Performances ON Halls.HallId = Performances.HallId GROUP BY Halls.HallId;

-- Which halls hosted three performances or more?
SELECT Halls.Name FROM Halls JOIN Performances ON Halls.HallId = Performances.HallId GROUP BY Halls.HallId HAVING COUNT(*) >= 3;

-- What was the total audience of each play, biggest first? Title and total.
SELECT Plays.Title, SUM(Performances.Audience) FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId GROUP BY Plays.PlayId ORDER BY SUM(Performances.Audience) DESC;

-- Who bought a ticket for more than 40? List buyer, price and date of the performance.
SELECT Tickets.Buyer, Tickets.Price, Performances.PlayedOn FROM Tickets JOIN Performances ON Tickets.PerformanceId = Performances.PerformanceId WHERE Tickets.Price > 40;

-- Average ticket price per hall?
SELECT Halls.Name, AVG(Tickets.Price) FROM Halls JOIN Performances ON Halls.HallId = Performances.HallId JOIN Tickets ON Performances.PerformanceId = Tickets.PerformanceId GROUP BY Halls.HallId;

-- Which plays have never been performed?
SELECT Title FROM Plays WHERE PlayId NOT IN (SELECT PlayId FROM Performances);

-- List plays of ours that nobody has staged so far.
SELECT Title FROM Plays WHERE PlayId NOT IN (SELECT PlayId FROM Performances);

-- Is there an actor without a role? Give the name.
SELECT FullName FROM Actors WHERE ActorId NOT IN (SELECT ActorId FROM Castings);

-- In which hall has nothing been performed yet?
SELECT Name FROM Halls WHERE HallId NOT IN (SELECT HallId FROM Performances);

-- How many roles are not cast?
SELECT COUNT(*) FROM Roles WHERE RoleId NOT IN (SELECT RoleId FROM Castings);

-- For which performances, by date and director, was no ticket sold?
SELECT PlayedOn, Director FROM Performances WHERE PerformanceId NOT IN (SELECT PerformanceId FROM Tickets);

-- Which plays are longer than the average play and have more than three acts?
SELECT Title FROM Plays WHERE Minutes > (SELECT AVG(Minutes) FROM Plays) AND Acts > 3;

-- List the actors who are younger, by birth year, than all the actors from Cardiff.
SELECT FullName FROM Actors WHERE BirthYear > (SELECT MAX(BirthYear) FROM Actors WHERE HomeTown = 'Cardiff');

-- Which towns are home to an actor of Starling and also to one of Curtain House?
SELECT HomeTown FROM Actors WHERE Agency = 'Starling' INTERSECT SELECT HomeTown FROM Actors WHERE Agency = 'Curtain House';

-- Which authors wrote a drama but no comedy?
SELECT Author FROM Plays WHERE Genre = 'drama' EXCEPT SELECT Author FROM Plays WHERE Genre = 'comedy';

-- Give one list of names, without repeats, with all our directors and all our ticket buyers.
SELECT Director FROM Performances UNION SELECT Buyer FROM Tickets;

-- Which buyers were sold a ticket in 2021 and another in 2022?
SELECT Buyer FROM Tickets WHERE SoldOn BETWEEN '2021-01-01' AND '2021-12-31' INTERSECT SELECT Buyer FROM Tickets WHERE SoldOn BETWEEN '2022-01-01' AND '2022-12-31';

-- Show the titles of the tragedies that were played in a hall on floor 0 before 2023, each title once.
SELECT DISTINCT Plays.Title FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId JOIN Halls ON Performances.HallId = Halls.HallId WHERE Plays.Genre = 'tragedy' AND Halls.Floor = 0 AND Performances.PlayedOn < '2023-01-01';

-- How many actors have a lead role?
SELECT COUNT(*) FROM Actors WHERE Actors.ActorId IN (SELECT Castings.ActorId FROM Castings JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.Weight = 'lead');

-- What is the number of actors who have been cast as a lead?
SELECT COUNT(*) FROM Actors WHERE Actors.ActorId IN (SELECT Castings.ActorId FROM Castings JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.Weight = 'lead');

-- Which play took the most ticket money?
SELECT Plays.Title FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId JOIN Tickets ON Performances.PerformanceId = Tickets.PerformanceId GROUP BY Plays.PlayId ORDER BY SUM(Tickets.Price) DESC LIMIT 1;

-- For each genre with more than three tickets sold, show the genre, the number of tickets and the average price.
SELECT Plays.Genre, COUNT(*), AVG(Tickets.Price) FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId JOIN Tickets ON Performances.PerformanceId = Tickets.PerformanceId GROUP BY Plays.Genre HAVING COUNT(*) > 3;

-- Which agency collects the largest sum of nightly fees for lead roles?
SELECT Actors.Agency FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.Weight = 'lead' GROUP BY Actors.Agency ORDER BY SUM(Castings.NightlyFee) DESC LIMIT 1;

-- Find the actors who have both a lead role and a supporting role.
SELECT Actors.FullName FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.Weight = 'lead' INTERSECT SELECT Actors.FullName FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId JOIN Roles ON Castings.RoleId = Roles.RoleId WHERE Roles.Weight = 'supporting';

-- Which different actors appear in a play by Edda Rowan?
SELECT DISTINCT Actors.FullName FROM Actors JOIN Castings ON Actors.ActorId = Castings.ActorId JOIN Roles ON Castings.RoleId = Roles.RoleId JOIN Plays ON Roles.PlayId = Plays.PlayId WHERE Plays.Author = 'Edda Rowan';

-- Name the directors who worked in the Old Foundry but never in the Garden Stage.
SELECT Performances.Director FROM Performances JOIN Halls ON Performances.HallId = Halls.HallId WHERE Halls.Name = 'Old Foundry' EXCEPT SELECT Performances.Director FROM Performances JOIN Halls ON Performances.HallId = Halls.HallId WHERE Halls.Name = 'Garden Stage';

-- Which roles are shared by two or more actors? Give the role name and the play title.
SELECT Roles.RoleName, Plays.Title FROM Roles JOIN Plays ON Roles.PlayId = Plays.PlayId JOIN Castings ON Roles.RoleId = Castings.RoleId GROUP BY Roles.RoleId HAVING COUNT(*) >= 2;

-- Which performances had an audience larger than the average audience of the Great Hall? Give title and date.
SELECT Plays.Title, Performances.PlayedOn FROM Plays JOIN Performances ON Plays.PlayId = Performances.PlayId WHERE Performances.Audience > (SELECT AVG(Performances.Audience) FROM Performances JOIN Halls ON Performances.HallId = Halls.HallId WHERE Halls.Name = 'Great Hall');
