-- How many hotels have a pool (yes)?
SELECT COUNT(*) FROM Hotel WHERE HasPool = 'yes';

-- At how many of the hotels can guests use a pool (has pool: yes)?
SELECT COUNT(*) FROM Hotel WHERE HasPool = 'yes';

-- Show the names of all hotels in Lagorosa.
SELECT HotelName FROM Hotel WHERE City = 'Lagorosa';

-- Which hotels have no manager at the moment?
SELECT HotelName FROM Hotel WHERE Manager IS NULL;

-- List the different cities in which the group owns a hotel.
SELECT DISTINCT City FROM Hotel;

-- In which distinct cities are there hotels?
SELECT DISTINCT City FROM Hotel;

-- When did Villa Rosa open? Give the year.
SELECT OpenedYear FROM Hotel WHERE HotelName = 'Villa Rosa';

-- What are the name and base rate of the room types with a king bed?
SELECT TypeName, BaseRate FROM RoomType WHERE BedKind = 'king';

-- What's the highest base rate of all room types?
SELECT MAX(BaseRate) FROM RoomType;

-- How many rooms are on floor 2?
SELECT COUNT(*) FROM Room WHERE Floor = 2;

-- Find the room numbers of rooms that were renovated after 2020-01-01.
SELECT RoomNumber FROM Room WHERE LastRenovated > '2020-01-01';

-- Count the rooms whose last renovation date is unknown.
SELECT COUNT(*) FROM Room WHERE LastRenovated IS NULL;

-- Which guests come from Germany? Return their names and birth dates.
SELECT GuestName, BirthDate FROM Guest WHERE Country = 'Germany';

-- Tell me the names and birth dates of the guests whose country is Germany.
SELECT GuestName, BirthDate FROM Guest WHERE Country = 'Germany';

-- From how many different countries do our guests come?
SELECT COUNT(DISTINCT Country) FROM Guest;

-- Give the email address of Rosa Delgado.
SELECT Email FROM Guest WHERE GuestName = 'Rosa Delgado';

-- Which guests have a name that ends in Whitcombe?
SELECT GuestName FROM Guest WHERE GuestName LIKE '%Whitcombe';

-- How many stays were booked through the website?
SELECT COUNT(*) FROM Stay WHERE Channel = 'website';

-- What is the average nightly rate over all stays?
SELECT AVG(NightlyRate) FROM Stay;

-- List the ids of the stays that got a rating of 10.
SELECT StayID FROM Stay WHERE Rating = 10;

-- What were the lowest and the highest rating ever given for a stay?
SELECT MIN(Rating), MAX(Rating) FROM Stay;

-- Show the check-in and check-out dates of the stays with more than 3 persons.
SELECT CheckIn, CheckOut FROM Stay WHERE Persons > 3;

-- How many check-ins were there between 2024-07-01 and 2024-07-31?
SELECT COUNT(*) FROM Stay WHERE CheckIn BETWEEN '2024-07-01' AND '2024-07-31';

-- Which extra services cost less than 15? Give name and price.
SELECT ServiceName, Price FROM ExtraService WHERE Price < 15;

-- Name all services in the category wellness.
SELECT ServiceName FROM ExtraService WHERE Category = 'wellness';

-- What do you offer in terms of wellness? Just the service names.
SELECT ServiceName FROM ExtraService WHERE Category = 'wellness';

-- What is the total quantity of service 1 used over all stays?
SELECT SUM(Quantity) FROM StayService WHERE ServiceID = 1;

-- How many hotels are there per number of stars?
SELECT Stars, COUNT(*) FROM Hotel GROUP BY Stars;

-- Which hotel is the oldest by opening year?
SELECT HotelName FROM Hotel ORDER BY OpenedYear ASC LIMIT 1;

-- Find the name of the hotel that opened first.
SELECT HotelName FROM Hotel ORDER BY OpenedYear ASC LIMIT 1;

-- List each city with its number of hotels and their average star rating.
SELECT City, COUNT(*), AVG(Stars) FROM Hotel GROUP BY City;

-- Who manages more than one hotel?
SELECT Manager FROM Hotel WHERE Manager IS NOT NULL GROUP BY Manager HAVING COUNT(*) > 1;

-- Show all room types and their base rate, from cheapest to most expensive.
SELECT TypeName, BaseRate FROM RoomType ORDER BY BaseRate ASC;

-- For every kind of bed, what is the average base rate of the room types?
SELECT BedKind, AVG(BaseRate) FROM RoomType GROUP BY BedKind;

-- Show the hotel name, room number and floor of the rooms with a balcony (yes).
SELECT Hotel.HotelName, Room.RoomNumber, Room.Floor FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID WHERE Room.Balcony = 'yes';

-- How many rooms does each hotel that has rooms offer? Return the hotel name and the count.
SELECT Hotel.HotelName, COUNT(*) FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID GROUP BY Hotel.HotelID;

-- Which hotel has the most rooms?
SELECT Hotel.HotelName FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID GROUP BY Hotel.HotelID ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the name of the hotel with the largest number of rooms?
SELECT Hotel.HotelName FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID GROUP BY Hotel.HotelID ORDER BY COUNT(*) DESC LIMIT 1;

-- List the room numbers of the Junior Suite rooms.
SELECT Room.RoomNumber FROM Room JOIN RoomType ON Room.RoomTypeID = RoomType.RoomTypeID WHERE RoomType.TypeName = 'Junior Suite';

-- How many rooms are there of each type name? Only types that have rooms.
SELECT RoomType.TypeName, COUNT(*) FROM RoomType JOIN Room ON RoomType.RoomTypeID = Room.RoomTypeID GROUP BY RoomType.RoomTypeID;

-- Which room types have four or more rooms?
SELECT RoomType.TypeName FROM RoomType JOIN Room ON RoomType.RoomTypeID = Room.RoomTypeID GROUP BY RoomType.RoomTypeID HAVING COUNT(*) >= 4;

-- When did Anneke Visser check in? List the dates of all her stays.
SELECT Stay.CheckIn FROM Stay JOIN Guest ON Stay.GuestID = Guest.GuestID WHERE Guest.GuestName = 'Anneke Visser';

-- On what dates did the guest Anneke Visser arrive?
SELECT Stay.CheckIn FROM Stay JOIN Guest ON Stay.GuestID = Guest.GuestID WHERE Guest.GuestName = 'Anneke Visser';

-- How many stays did guests from the United Kingdom have?
SELECT COUNT(*) FROM Stay JOIN Guest ON Stay.GuestID = Guest.GuestID WHERE Guest.Country = 'United Kingdom';

-- For each booking channel, show the number of stays and the average rating.
SELECT Channel, COUNT(*), AVG(Rating) FROM Stay GROUP BY Channel;

-- Which channel brings in the most stays?
SELECT Channel FROM Stay GROUP BY Channel ORDER BY COUNT(*) DESC LIMIT 1;

-- List the channels with an average nightly rate above 120.
SELECT Channel FROM Stay GROUP BY Channel HAVING AVG(NightlyRate) > 120;

-- Show guest names and how many stays each has had, for guests with more than one stay.
SELECT Guest.GuestName, COUNT(*) FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID GROUP BY Guest.GuestID HAVING COUNT(*) > 1;

-- Who has stayed with us most often? Give the guest's name.
SELECT Guest.GuestName FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID GROUP BY Guest.GuestID ORDER BY COUNT(*) DESC LIMIT 1;

-- What are the three stays with the highest nightly rate? Show stay id and rate, highest first.
SELECT StayID, NightlyRate FROM Stay ORDER BY NightlyRate DESC LIMIT 3;

-- Which services were used during stay 10? Give the name of the service and the quantity.
SELECT ExtraService.ServiceName, StayService.Quantity FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID WHERE StayService.StayID = 10;

-- In how many stays was each extra service used? List name and number for the services that were used.
SELECT ExtraService.ServiceName, COUNT(*) FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID GROUP BY ExtraService.ServiceID;

-- What is the most popular extra service, counted by stays?
SELECT ExtraService.ServiceName FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID GROUP BY ExtraService.ServiceID ORDER BY COUNT(*) DESC LIMIT 1;

-- Which extra service is used in more stays than any other?
SELECT ExtraService.ServiceName FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID GROUP BY ExtraService.ServiceID ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the total quantity used per service category?
SELECT ExtraService.Category, SUM(StayService.Quantity) FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID GROUP BY ExtraService.Category;

-- List the categories containing at least three services and their average price.
SELECT Category, AVG(Price) FROM ExtraService GROUP BY Category HAVING COUNT(*) >= 3;

-- Find the names of guests from Italy or France who were born after 1985-01-01.
SELECT GuestName FROM Guest WHERE (Country = 'Italy' OR Country = 'France') AND BirthDate > '1985-01-01';

-- How many guests of each VIP level are there, leaving out guests without a level?
SELECT VipLevel, COUNT(*) FROM Guest WHERE VipLevel IS NOT NULL GROUP BY VipLevel;

-- Who is the youngest guest? Show name and birth date.
SELECT GuestName, BirthDate FROM Guest ORDER BY BirthDate DESC LIMIT 1;

-- Give the different countries of guests who rated a stay below 7.
SELECT DISTINCT Guest.Country FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID WHERE Stay.Rating < 7;

-- Which guests have never stayed in any of the hotels?
SELECT GuestName FROM Guest WHERE GuestID NOT IN (SELECT GuestID FROM Stay);

-- Show the names of guests on file who have no stay.
SELECT GuestName FROM Guest WHERE GuestID NOT IN (SELECT GuestID FROM Stay);

-- What extra services has nobody used so far?
SELECT ServiceName FROM ExtraService WHERE ServiceID NOT IN (SELECT ServiceID FROM StayService);

-- Name the room types that no room has.
SELECT TypeName FROM RoomType WHERE RoomTypeID NOT IN (SELECT RoomTypeID FROM Room);

-- Which stays cost more per night than the average stay? Give stay id and nightly rate.
SELECT StayID, NightlyRate FROM Stay WHERE NightlyRate > (SELECT AVG(NightlyRate) FROM Stay);

-- List the id and nightly rate of stays priced above the average nightly rate.
SELECT StayID, NightlyRate FROM Stay WHERE NightlyRate > (SELECT AVG(NightlyRate) FROM Stay);

-- How many services are dearer than the average service price?
SELECT COUNT(*) FROM ExtraService WHERE Price > (SELECT AVG(Price) FROM ExtraService);

-- Which cities have a 4 star hotel and also a 2 star hotel?
SELECT City FROM Hotel WHERE Stars = 4 INTERSECT SELECT City FROM Hotel WHERE Stars = 2;

-- List the cities that have a hotel with a pool (yes) but no hotel opened before 1960.
SELECT City FROM Hotel WHERE HasPool = 'yes' EXCEPT SELECT City FROM Hotel WHERE OpenedYear < 1960;

-- Which countries have gold guests but no guests with the level silver?
SELECT Country FROM Guest WHERE VipLevel = 'gold' EXCEPT SELECT Country FROM Guest WHERE VipLevel = 'silver';

-- Give the room numbers and floors of rooms in the hotel Grand Elmar that are of a type for at least 3 guests.
SELECT Room.RoomNumber, Room.Floor FROM Room JOIN Hotel ON Room.HotelID = Hotel.HotelID JOIN RoomType ON Room.RoomTypeID = RoomType.RoomTypeID WHERE Hotel.HotelName = 'Grand Elmar' AND RoomType.MaxGuests >= 3;

-- Which guests booked through an agency and never through the website? Show their names.
SELECT GuestName FROM Guest WHERE GuestID IN (SELECT GuestID FROM Stay WHERE Channel = 'agency') AND GuestID NOT IN (SELECT GuestID FROM Stay WHERE Channel = 'website');

-- How many rooms with a balcony (yes) have had no stay with a rating below 9?
SELECT COUNT(*) FROM Room WHERE Balcony = 'yes' AND RoomID NOT IN (SELECT RoomID FROM Stay WHERE Rating < 9);

-- Show one list of guest ids: those whose VIP level is platinum and those who stayed with at least 4 persons.
SELECT GuestID FROM Guest WHERE VipLevel = 'platinum' UNION SELECT GuestID FROM Stay WHERE Persons >= 4;

-- Which extra services are more expensive than every service of category food? Give the names.
SELECT ServiceName FROM ExtraService WHERE Price > (SELECT MAX(Price) FROM ExtraService WHERE Category = 'food');

-- For each hotel with stays, show its name and the average rating of its stays, sorted by hotel name.
SELECT Hotel.HotelName, AVG(Stay.Rating) FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY Hotel.HotelID ORDER BY Hotel.HotelName ASC;

-- Which city had the most stays?
SELECT Hotel.City FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY Hotel.City ORDER BY COUNT(*) DESC LIMIT 1;

-- Tell me the city whose hotels received the largest number of stays.
SELECT Hotel.City FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY Hotel.City ORDER BY COUNT(*) DESC LIMIT 1;

-- Which guests have stayed both in Lagorosa and in Sankt Veltin?
SELECT Guest.GuestName FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID JOIN Room ON Stay.RoomID = Room.RoomID JOIN Hotel ON Room.HotelID = Hotel.HotelID WHERE Hotel.City = 'Lagorosa' INTERSECT SELECT Guest.GuestName FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID JOIN Room ON Stay.RoomID = Room.RoomID JOIN Hotel ON Room.HotelID = Hotel.HotelID WHERE Hotel.City = 'Sankt Veltin';

-- Find the names of the hotels in which Breakfast was used during a stay but Massage was not.
SELECT Hotel.HotelName FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID JOIN StayService ON Stay.StayID = StayService.StayID JOIN ExtraService ON StayService.ServiceID = ExtraService.ServiceID WHERE ExtraService.ServiceName = 'Breakfast' EXCEPT SELECT Hotel.HotelName FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID JOIN StayService ON Stay.StayID = StayService.StayID JOIN ExtraService ON StayService.ServiceID = ExtraService.ServiceID WHERE ExtraService.ServiceName = 'Massage';

-- Which room type has the highest average nightly rate in its stays? Show the type name and that average.
SELECT RoomType.TypeName, AVG(Stay.NightlyRate) FROM RoomType JOIN Room ON RoomType.RoomTypeID = Room.RoomTypeID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY RoomType.RoomTypeID ORDER BY AVG(Stay.NightlyRate) DESC LIMIT 1;

-- Which guests used more than two different extra services over all their stays? Show the name and how many different services.
SELECT Guest.GuestName, COUNT(DISTINCT StayService.ServiceID) FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID JOIN StayService ON Stay.StayID = StayService.StayID GROUP BY Guest.GuestID HAVING COUNT(DISTINCT StayService.ServiceID) > 2;

-- List the hotels with at least four stays, together with the highest nightly rate paid there.
SELECT Hotel.HotelName, MAX(Stay.NightlyRate) FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY Hotel.HotelID HAVING COUNT(*) >= 4;

-- Looking at stays with a check-in after 2024-06-10, guests from which country brought the largest total number of persons? Give country and total.
SELECT Guest.Country, SUM(Stay.Persons) FROM Guest JOIN Stay ON Guest.GuestID = Stay.GuestID WHERE Stay.CheckIn > '2024-06-10' GROUP BY Guest.Country ORDER BY SUM(Stay.Persons) DESC LIMIT 1;

-- Which hotels have an average rating better than the average of all stays? Show the hotel name only.
SELECT Hotel.HotelName FROM Hotel JOIN Room ON Hotel.HotelID = Room.HotelID JOIN Stay ON Room.RoomID = Stay.RoomID GROUP BY Hotel.HotelID HAVING AVG(Stay.Rating) > (SELECT AVG(Stay.Rating) FROM Stay);

-- Name the distinct services used by guests with the VIP level silver.
SELECT DISTINCT ExtraService.ServiceName FROM ExtraService JOIN StayService ON ExtraService.ServiceID = StayService.ServiceID JOIN Stay ON StayService.StayID = Stay.StayID JOIN Guest ON Stay.GuestID = Guest.GuestID WHERE Guest.VipLevel = 'silver';
