-- How many airports are there in Italy?
SELECT COUNT(*) FROM Airports WHERE Country = 'Italy';

-- Count the airports whose country is Italy.
SELECT COUNT(*) FROM Airports WHERE Country = 'Italy';

-- List the model and number of seats of every aircraft type made by Avionel.
SELECT Model, Seats FROM AircraftTypes WHERE Maker = 'Avionel';

-- What are the names of the airports with 3 runways?
SELECT AirportName FROM Airports WHERE Runways = 3;

-- How many flights were cancelled?
SELECT COUNT(*) FROM Flights WHERE Status = 'cancelled';

-- Give the number of flights with status cancelled.
SELECT COUNT(*) FROM Flights WHERE Status = 'cancelled';

-- Show the distinct countries in which we have an airport.
SELECT DISTINCT Country FROM Airports;

-- Which passengers hold no loyalty tier? Give full names.
SELECT FullName FROM Passengers WHERE LoyaltyTier IS NULL;

-- What is the average base price of a flight?
SELECT AVG(BasePrice) FROM Flights;

-- Find the full names of all captains.
SELECT FullName FROM CrewMembers WHERE Role = 'captain';

-- Who works for us as a captain?
SELECT FullName FROM CrewMembers WHERE Role = 'captain';

-- How many different passengers have made a booking?
SELECT COUNT(DISTINCT PassengerID) FROM Bookings;

-- What's the longest flight duration and the shortest one?
SELECT MAX(Duration), MIN(Duration) FROM Flights;

-- Show the code and elevation of the airports lying higher than 100.
SELECT AirportCode, Elevation FROM Airports WHERE Elevation > 100;

-- When was Rita Lobo hired?
SELECT HireDate FROM CrewMembers WHERE FullName = 'Rita Lobo';

-- How many bookings are there in business class?
SELECT COUNT(*) FROM Bookings WHERE CabinClass = 'business';

-- Tell me the total number of bags over all bookings.
SELECT SUM(Bags) FROM Bookings;

-- Which bookings have no seat number yet? Return the booking ids.
SELECT BookingID FROM Bookings WHERE SeatNumber IS NULL;

-- List the departure dates of flight number OA101.
SELECT DepartureDate FROM Flights WHERE FlightNumber = 'OA101';

-- Which passengers have a full name ending in Fuentes?
SELECT FullName FROM Passengers WHERE FullName LIKE '%Fuentes';

-- How many passengers were born before 1970-01-01?
SELECT COUNT(*) FROM Passengers WHERE BirthDate < '1970-01-01';

-- Give the birth date and nationality of Freja Dahl.
SELECT BirthDate, Nationality FROM Passengers WHERE FullName = 'Freja Dahl';

-- What models entered service between 2005 and 2012, going by entry year?
SELECT Model FROM AircraftTypes WHERE EntryYear BETWEEN 2005 AND 2012;

-- Which different flight numbers leave from PVL?
SELECT DISTINCT FlightNumber FROM Flights WHERE Origin = 'PVL';

-- Show the distinct flight numbers whose origin is PVL.
SELECT DISTINCT FlightNumber FROM Flights WHERE Origin = 'PVL';

-- What is the biggest delay recorded on any flight?
SELECT MAX(Delay) FROM Flights;

-- How many airports does each country have?
SELECT Country, COUNT(*) FROM Airports GROUP BY Country;

-- For each cabin class, show the class, the number of bookings and their average price.
SELECT CabinClass, COUNT(*), AVG(Price) FROM Bookings GROUP BY CabinClass;

-- Who is the passenger with the most miles?
SELECT FullName FROM Passengers ORDER BY Miles DESC LIMIT 1;

-- Give the full name of the passenger who has collected the highest number of miles.
SELECT FullName FROM Passengers ORDER BY Miles DESC LIMIT 1;

-- What is the name and city of the highest airport by elevation?
SELECT AirportName, City FROM Airports ORDER BY Elevation DESC LIMIT 1;

-- List the names and salaries of the captains, best paid first.
SELECT FullName, Salary FROM CrewMembers WHERE Role = 'captain' ORDER BY Salary DESC;

-- Which countries have more than one airport?
SELECT Country FROM Airports GROUP BY Country HAVING COUNT(*) > 1;

-- How many flights depart from each airport code?
SELECT Origin, COUNT(*) FROM Flights GROUP BY Origin;

-- Which airport code has the most departures?
SELECT Origin FROM Flights GROUP BY Origin ORDER BY COUNT(*) DESC LIMIT 1;

-- Show the flight number, departure date and aircraft model of the flights that were cancelled or diverted.
SELECT Flights.FlightNumber, Flights.DepartureDate, AircraftTypes.Model FROM Flights JOIN AircraftTypes ON Flights.TypeID = AircraftTypes.TypeID WHERE Flights.Status = 'cancelled' OR Flights.Status = 'diverted';

-- How many flights use an aircraft made by Skyforge?
SELECT COUNT(*) FROM Flights JOIN AircraftTypes ON Flights.TypeID = AircraftTypes.TypeID WHERE AircraftTypes.Maker = 'Skyforge';

-- How many times do Skyforge planes appear in the flight list?
SELECT COUNT(*) FROM Flights JOIN AircraftTypes ON Flights.TypeID = AircraftTypes.TypeID WHERE AircraftTypes.Maker = 'Skyforge';

-- Find the departure dates of the flights whose destination is the city of Lakeholm.
SELECT Flights.DepartureDate FROM Flights JOIN Airports ON Flights.Destination = Airports.AirportCode WHERE Airports.City = 'Lakeholm';

-- What did Mariana Teles pay for each of her bookings? Show the price and the date she booked on.
SELECT Bookings.Price, Bookings.BookedOn FROM Bookings JOIN Passengers ON Bookings.PassengerID = Passengers.PassengerID WHERE Passengers.FullName = 'Mariana Teles';

-- For each passenger with bookings, give the full name and the total price paid.
SELECT Passengers.FullName, SUM(Bookings.Price) FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID GROUP BY Passengers.PassengerID;

-- Which passenger has spent the most on bookings?
SELECT Passengers.FullName FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID GROUP BY Passengers.PassengerID ORDER BY SUM(Bookings.Price) DESC LIMIT 1;

-- Name the passenger whose bookings add up to the highest price.
SELECT Passengers.FullName FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID GROUP BY Passengers.PassengerID ORDER BY SUM(Bookings.Price) DESC LIMIT 1;

-- Which passengers made at least three bookings?
SELECT Passengers.FullName FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID GROUP BY Passengers.PassengerID HAVING COUNT(*) >= 3;

-- Show the number of passengers and average miles for each nationality, most passengers first and then by nationality.
SELECT Nationality, COUNT(*), AVG(Miles) FROM Passengers GROUP BY Nationality ORDER BY COUNT(*) DESC, Nationality ASC;

-- List each crew member's name with the name of the airport that is their home base.
SELECT CrewMembers.FullName, Airports.AirportName FROM CrewMembers JOIN Airports ON CrewMembers.HomeBase = Airports.AirportCode;

-- Who among the crew is based in Portugal? Give full name and role.
SELECT CrewMembers.FullName, CrewMembers.Role FROM CrewMembers JOIN Airports ON CrewMembers.HomeBase = Airports.AirportCode WHERE Airports.Country = 'Portugal';

-- What is the average salary per role?
SELECT Role, AVG(Salary) FROM CrewMembers GROUP BY Role;

-- For every role, show the mean salary of the crew members having it.
SELECT Role, AVG(Salary) FROM CrewMembers GROUP BY Role;

-- Which roles are held by more than three crew members?
SELECT Role FROM CrewMembers GROUP BY Role HAVING COUNT(*) > 3;

-- How many crew members were assigned to each flight that has crew? Show flight id and count.
SELECT FlightID, COUNT(*) FROM Assignments GROUP BY FlightID;

-- How many duty hours does every crew member have in total? List the name and the hours of those with assignments.
SELECT CrewMembers.FullName, SUM(Assignments.DutyHours) FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID GROUP BY CrewMembers.CrewID;

-- Which crew member has the highest total of duty hours?
SELECT CrewMembers.FullName FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID GROUP BY CrewMembers.CrewID ORDER BY SUM(Assignments.DutyHours) DESC LIMIT 1;

-- Show the three bookings with the highest price: booking id and price, dearest first.
SELECT BookingID, Price FROM Bookings ORDER BY Price DESC LIMIT 3;

-- Find the full names of Irish or Swedish passengers with more than 10000 miles.
SELECT FullName FROM Passengers WHERE (Nationality = 'Irish' OR Nationality = 'Swedish') AND Miles > 10000;

-- What is the total price of the bookings on flight OA410, over all its departure dates?
SELECT SUM(Bookings.Price) FROM Bookings JOIN Flights ON Bookings.FlightID = Flights.FlightID WHERE Flights.FlightNumber = 'OA410';

-- How many bookings came in for flights departing after 2024-06-10?
SELECT COUNT(*) FROM Bookings JOIN Flights ON Bookings.FlightID = Flights.FlightID WHERE Flights.DepartureDate > '2024-06-10';

-- For each aircraft model in use, how many flights use it?
SELECT AircraftTypes.Model, COUNT(*) FROM AircraftTypes JOIN Flights ON AircraftTypes.TypeID = Flights.TypeID GROUP BY AircraftTypes.TypeID;

-- Which makers offer at least two aircraft types, and what is their largest seat count?
SELECT Maker, MAX(Seats) FROM AircraftTypes GROUP BY Maker HAVING COUNT(*) >= 2;

-- What are the distinct nationalities of passengers who booked business class?
SELECT DISTINCT Passengers.Nationality FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID WHERE Bookings.CabinClass = 'business';

-- Which passengers have never booked a flight?
SELECT FullName FROM Passengers WHERE PassengerID NOT IN (SELECT PassengerID FROM Bookings);

-- List the full names of the passengers without any booking.
SELECT FullName FROM Passengers WHERE PassengerID NOT IN (SELECT PassengerID FROM Bookings);

-- What airports are not the origin of any flight? Show their names.
SELECT AirportName FROM Airports WHERE AirportCode NOT IN (SELECT Origin FROM Flights);

-- Show the maker and model of aircraft types that no flight uses.
SELECT Maker, Model FROM AircraftTypes WHERE TypeID NOT IN (SELECT TypeID FROM Flights);

-- Which crew members earn more than the average salary? Return name and salary.
SELECT FullName, Salary FROM CrewMembers WHERE Salary > (SELECT AVG(Salary) FROM CrewMembers);

-- Give the names and pay of all crew members paid above average.
SELECT FullName, Salary FROM CrewMembers WHERE Salary > (SELECT AVG(Salary) FROM CrewMembers);

-- How many flights last longer than the average flight?
SELECT COUNT(*) FROM Flights WHERE Duration > (SELECT AVG(Duration) FROM Flights);

-- Find the airport codes that are the origin of a flight in status cancelled and also the destination of a flight with a delay above 20.
SELECT Origin FROM Flights WHERE Status = 'cancelled' INTERSECT SELECT Destination FROM Flights WHERE Delay > 20;

-- Which nationalities have Gold passengers but no Silver passengers?
SELECT Nationality FROM Passengers WHERE LoyaltyTier = 'Gold' EXCEPT SELECT Nationality FROM Passengers WHERE LoyaltyTier = 'Silver';

-- Name the nationalities with both Gold and Platinum passengers.
SELECT Nationality FROM Passengers WHERE LoyaltyTier = 'Gold' INTERSECT SELECT Nationality FROM Passengers WHERE LoyaltyTier = 'Platinum';

-- Which crew members have not been assigned to any flight?
SELECT FullName FROM CrewMembers WHERE CrewID NOT IN (SELECT CrewID FROM Assignments);

-- List the flight number and departure date of the flights without crew that are not cancelled.
SELECT FlightNumber, DepartureDate FROM Flights WHERE FlightID NOT IN (SELECT FlightID FROM Assignments) AND Status != 'cancelled';

-- Which flights have a base price higher than that of every flight of aircraft type 2? Give flight number and departure date.
SELECT FlightNumber, DepartureDate FROM Flights WHERE BasePrice > (SELECT MAX(BasePrice) FROM Flights WHERE TypeID = 2);

-- Show the different names of passengers who booked economy at a price above the average booking price.
SELECT DISTINCT Passengers.FullName FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID WHERE Bookings.CabinClass = 'economy' AND Bookings.Price > (SELECT AVG(Bookings.Price) FROM Bookings);

-- Give one list of codes: the airports in Spain and the airports that are home base of a trainer or captain.
SELECT AirportCode FROM Airports WHERE Country = 'Spain' UNION SELECT HomeBase FROM CrewMembers WHERE (Role = 'trainer' OR Role = 'captain') AND HomeBase IS NOT NULL;

-- How many passengers of Portuguese nationality have a booking with no bags?
SELECT COUNT(*) FROM Passengers WHERE Nationality = 'Portuguese' AND PassengerID IN (SELECT PassengerID FROM Bookings WHERE Bags = 0);

-- Show the flight number and departure date of flights that go from Portugal to Sweden.
SELECT Flights.FlightNumber, Flights.DepartureDate FROM Flights JOIN Airports AS Departure ON Flights.Origin = Departure.AirportCode JOIN Airports AS Arrival ON Flights.Destination = Arrival.AirportCode WHERE Departure.Country = 'Portugal' AND Arrival.Country = 'Sweden';

-- For each aircraft maker, what is the total price of all bookings on its planes? Highest total first.
SELECT AircraftTypes.Maker, SUM(Bookings.Price) FROM AircraftTypes JOIN Flights ON AircraftTypes.TypeID = Flights.TypeID JOIN Bookings ON Flights.FlightID = Bookings.FlightID GROUP BY AircraftTypes.Maker ORDER BY SUM(Bookings.Price) DESC;

-- Which city has the most bookings as a destination?
SELECT Airports.City FROM Airports JOIN Flights ON Airports.AirportCode = Flights.Destination JOIN Bookings ON Flights.FlightID = Bookings.FlightID GROUP BY Airports.City ORDER BY COUNT(*) DESC LIMIT 1;

-- Tell me the destination city with the largest number of bookings.
SELECT Airports.City FROM Airports JOIN Flights ON Airports.AirportCode = Flights.Destination JOIN Bookings ON Flights.FlightID = Bookings.FlightID GROUP BY Airports.City ORDER BY COUNT(*) DESC LIMIT 1;

-- List the distinct names of passengers who have flown, or are booked to fly, to Italy.
SELECT DISTINCT Passengers.FullName FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID JOIN Flights ON Bookings.FlightID = Flights.FlightID JOIN Airports ON Flights.Destination = Airports.AirportCode WHERE Airports.Country = 'Italy';

-- Which crew members have worked on a Heron 150 as well as on an S9?
SELECT CrewMembers.FullName FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID JOIN Flights ON Assignments.FlightID = Flights.FlightID JOIN AircraftTypes ON Flights.TypeID = AircraftTypes.TypeID WHERE AircraftTypes.Model = 'Heron 150' INTERSECT SELECT CrewMembers.FullName FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID JOIN Flights ON Assignments.FlightID = Flights.FlightID JOIN AircraftTypes ON Flights.TypeID = AircraftTypes.TypeID WHERE AircraftTypes.Model = 'S9';

-- Which loyalty tiers have passengers who paid more than 150 per booking on average? Give tier and average price, ignoring passengers without a tier.
SELECT Passengers.LoyaltyTier, AVG(Bookings.Price) FROM Passengers JOIN Bookings ON Passengers.PassengerID = Bookings.PassengerID WHERE Passengers.LoyaltyTier IS NOT NULL GROUP BY Passengers.LoyaltyTier HAVING AVG(Bookings.Price) > 150;

-- Name the crew members who were on a flight delayed by more than 40 minutes but never on one with a delay of 0.
SELECT CrewMembers.FullName FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID JOIN Flights ON Assignments.FlightID = Flights.FlightID WHERE Flights.Delay > 40 EXCEPT SELECT CrewMembers.FullName FROM CrewMembers JOIN Assignments ON CrewMembers.CrewID = Assignments.CrewID JOIN Flights ON Assignments.FlightID = Flights.FlightID WHERE Flights.Delay = 0;

-- Which two flights earned the most from bookings? Show flight number, departure date and the total price, biggest first.
SELECT Flights.FlightNumber, Flights.DepartureDate, SUM(Bookings.Price) FROM Flights JOIN Bookings ON Flights.FlightID = Bookings.FlightID GROUP BY Flights.FlightID ORDER BY SUM(Bookings.Price) DESC LIMIT 2;

-- Considering only landed flights, show each country of origin with at least two of them and their average delay.
SELECT Airports.Country, AVG(Flights.Delay) FROM Airports JOIN Flights ON Airports.AirportCode = Flights.Origin WHERE Flights.Status = 'landed' GROUP BY Airports.Country HAVING COUNT(*) >= 2;

-- How many different crew members worked on flights leaving from the city of Portavel?
SELECT COUNT(DISTINCT Assignments.CrewID) FROM Assignments JOIN Flights ON Assignments.FlightID = Flights.FlightID JOIN Airports ON Flights.Origin = Airports.AirportCode WHERE Airports.City = 'Portavel';
