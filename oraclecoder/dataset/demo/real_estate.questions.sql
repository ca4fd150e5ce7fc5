-- How many properties is the agency selling?
SELECT COUNT(*) FROM Property;

-- What is the total count of properties on the books?
SELECT COUNT(*) FROM Property;

-- List the address and asking price of all houses.
SELECT Address, AskingPrice FROM Property WHERE PropertyType = 'house';

-- Which agents have no phone number? Give first and last names.
SELECT FirstName, LastName FROM Agent WHERE Phone IS NULL;

-- What are the names of the districts in the North zone?
SELECT Name FROM District WHERE Zone = 'North';

-- Show the different types of property on offer.
SELECT DISTINCT PropertyType FROM Property;

-- How many offers are still pending?
SELECT COUNT(*) FROM Offer WHERE Status = 'pending';

-- Find the addresses of properties with 4 or more bedrooms.
SELECT Address FROM Property WHERE Bedrooms >= 4;

-- I'm looking for something with at least 4 bedrooms; which addresses qualify?
SELECT Address FROM Property WHERE Bedrooms >= 4;

-- What is the average asking price of all properties?
SELECT AVG(AskingPrice) FROM Property;

-- Which owners live in Kelso?
SELECT FullName FROM Owner WHERE HomeTown = 'Kelso';

-- Give the email of the owner called Judith Crane.
SELECT Email FROM Owner WHERE FullName = 'Judith Crane';

-- Which properties on Pine Crescent are for sale? Show addresses and bedrooms.
SELECT Address, Bedrooms FROM Property WHERE Address LIKE '%Pine Crescent';

-- Who made offers between 300000 and 400000, and for how much?
SELECT BuyerName, Amount FROM Offer WHERE Amount BETWEEN 300000 AND 400000;

-- How many different visitors have come to viewings?
SELECT COUNT(DISTINCT VisitorName) FROM Viewing;

-- When was Gordon Pike hired?
SELECT HireDate FROM Agent WHERE FirstName = 'Gordon' AND LastName = 'Pike';

-- How many districts have no average rent on record?
SELECT COUNT(*) FROM District WHERE AverageRent IS NULL;

-- What are the smallest and the largest floor area among the apartments?
SELECT MIN(FloorArea), MAX(FloorArea) FROM Property WHERE PropertyType = 'apartment';

-- Show addresses of properties built before 1930.
SELECT Address FROM Property WHERE YearBuilt < 1930;

-- How many agents earn a commission rate above 2 percent?
SELECT COUNT(*) FROM Agent WHERE CommissionRate > 2;

-- List the viewing dates and visitors of all viewings rated 5.
SELECT ViewingDate, VisitorName FROM Viewing WHERE Rating = 5;

-- What is the combined population of the districts in the Centre zone?
SELECT SUM(Population) FROM District WHERE Zone = 'Centre';

-- How many properties are there of each type?
SELECT PropertyType, COUNT(*) FROM Property GROUP BY PropertyType;

-- Count the properties for every property type.
SELECT PropertyType, COUNT(*) FROM Property GROUP BY PropertyType;

-- What's the average asking price by number of bedrooms?
SELECT Bedrooms, AVG(AskingPrice) FROM Property GROUP BY Bedrooms;

-- Give the address of the most expensive property.
SELECT Address FROM Property ORDER BY AskingPrice DESC LIMIT 1;

-- Which district has the smallest population?
SELECT Name FROM District ORDER BY Population LIMIT 1;

-- Show every address with the name of its district.
SELECT Property.Address, District.Name FROM Property JOIN District ON Property.DistrictId = District.DistrictId;

-- Which properties are in Old Harbour? Give address and asking price.
SELECT Property.Address, Property.AskingPrice FROM Property JOIN District ON Property.DistrictId = District.DistrictId WHERE District.Name = 'Old Harbour';

-- For each district, what is the number of properties?
SELECT District.Name, COUNT(*) FROM District JOIN Property ON District.DistrictId = Property.DistrictId GROUP BY District.DistrictId;

-- Which districts have three or more properties for sale?
SELECT District.Name FROM District JOIN Property ON District.DistrictId = Property.DistrictId GROUP BY District.DistrictId HAVING COUNT(*) >= 3;

-- Name the districts that offer at least three properties.
SELECT District.Name FROM District JOIN Property ON District.DistrictId = Property.DistrictId GROUP BY District.DistrictId HAVING COUNT(*) >= 3;

-- Which addresses does agent Helena Marsh look after?
SELECT Property.Address FROM Property JOIN Agent ON Property.AgentId = Agent.AgentId WHERE Agent.FirstName = 'Helena' AND Agent.LastName = 'Marsh';

-- List the agents with the number of viewings each has conducted: first name, last name, count.
SELECT Agent.FirstName, Agent.LastName, COUNT(*) FROM Agent JOIN Viewing ON Agent.AgentId = Viewing.AgentId GROUP BY Agent.AgentId;

-- Who are the three longest-serving agents? First and last name, starting with the earliest hired.
SELECT FirstName, LastName FROM Agent ORDER BY HireDate LIMIT 3;

-- Find the address with the highest number of offers.
SELECT Property.Address FROM Property JOIN Offer ON Property.PropertyId = Offer.PropertyId GROUP BY Property.PropertyId ORDER BY COUNT(*) DESC LIMIT 1;

-- Which property attracted the most offers? I only need the address.
SELECT Property.Address FROM Property JOIN Offer ON Property.PropertyId = Offer.PropertyId GROUP BY Property.PropertyId ORDER BY COUNT(*) DESC LIMIT 1;

-- Sort the accepted offers from the highest amount down and show buyer and amount.
SELECT BuyerName, Amount FROM Offer WHERE Status = 'accepted' ORDER BY Amount DESC;

-- How many offers are there per status?
SELECT Status, COUNT(*) FROM Offer GROUP BY Status;

-- Which buyers have made more than one offer?
SELECT BuyerName FROM Offer GROUP BY BuyerName HAVING COUNT(*) > 1;

-- What are the average and highest amount offered for the property at 71 Bridge Avenue?
SELECT AVG(Offer.Amount), MAX(Offer.Amount) FROM Offer JOIN Property ON Offer.PropertyId = Property.PropertyId WHERE Property.Address = '71 Bridge Avenue';

-- Which home towns have more than one owner?
SELECT HomeTown FROM Owner GROUP BY HomeTown HAVING COUNT(*) > 1;

-- What share does each owner of 1 Orchard Rise hold? Show owner name and share percent.
SELECT Owner.FullName, PropertyOwner.SharePercent FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId JOIN Property ON PropertyOwner.PropertyId = Property.PropertyId WHERE Property.Address = '1 Orchard Rise';

-- How many properties does each owner have a share in? Name and number, please.
SELECT Owner.FullName, COUNT(*) FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId GROUP BY Owner.OwnerId;

-- What is the average rating given by each visitor?
SELECT VisitorName, AVG(Rating) FROM Viewing GROUP BY VisitorName;

-- Show all offers on apartments: buyer, amount and status.
SELECT Offer.BuyerName, Offer.Amount, Offer.Status FROM Offer JOIN Property ON Offer.PropertyId = Property.PropertyId WHERE Property.PropertyType = 'apartment';

-- Which visitor attended the most viewings?
SELECT VisitorName FROM Viewing GROUP BY VisitorName ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the average asking price in each zone?
SELECT District.Zone, AVG(Property.AskingPrice) FROM District JOIN Property ON District.DistrictId = Property.DistrictId GROUP BY District.Zone;

-- Average price by zone of the city?
SELECT District.Zone, AVG(Property.AskingPrice) FROM District JOIN Property ON District.DistrictId = Property.DistrictId GROUP BY District.Zone;

-- Which different visitors have viewed a property in Foundry Quarter?
SELECT DISTINCT Viewing.VisitorName FROM Viewing JOIN Property ON Viewing.PropertyId = Property.PropertyId JOIN District ON Property.DistrictId = District.DistrictId WHERE District.Name = 'Foundry Quarter';

-- Which addresses belong to more than one owner? Give address and the number of owners.
SELECT Property.Address, COUNT(*) FROM Property JOIN PropertyOwner ON Property.PropertyId = PropertyOwner.PropertyId GROUP BY Property.PropertyId HAVING COUNT(*) > 1;

-- List the distinct last names of agents.
SELECT DISTINCT LastName FROM Agent;

-- Which properties have never been viewed? Show their addresses.
SELECT Address FROM Property WHERE PropertyId NOT IN (SELECT PropertyId FROM Viewing);

-- Find the addresses nobody has been to see.
SELECT Address FROM Property WHERE PropertyId NOT IN (SELECT PropertyId FROM Viewing);

-- Which agents are not responsible for any property? First and last name.
SELECT FirstName, LastName FROM Agent WHERE AgentId NOT IN (SELECT AgentId FROM Property);

-- What are the addresses of properties priced above the average?
SELECT Address FROM Property WHERE AskingPrice > (SELECT AVG(AskingPrice) FROM Property);

-- Who visited a property but never made an offer?
SELECT VisitorName FROM Viewing EXCEPT SELECT BuyerName FROM Offer;

-- Which buyers have had one offer accepted and another one rejected?
SELECT BuyerName FROM Offer WHERE Status = 'accepted' INTERSECT SELECT BuyerName FROM Offer WHERE Status = 'rejected';

-- Which districts have both an apartment and a townhouse on the market?
SELECT District.Name FROM District JOIN Property ON District.DistrictId = Property.DistrictId WHERE Property.PropertyType = 'apartment' INTERSECT SELECT District.Name FROM District JOIN Property ON District.DistrictId = Property.DistrictId WHERE Property.PropertyType = 'townhouse';

-- Show the names of districts with no property for sale.
SELECT Name FROM District WHERE DistrictId NOT IN (SELECT DistrictId FROM Property);

-- Give addresses of houses or bungalows under 300000 in the West or East zone.
SELECT Property.Address FROM Property JOIN District ON Property.DistrictId = District.DistrictId WHERE Property.PropertyType IN ('house', 'bungalow') AND Property.AskingPrice < 300000 AND District.Zone IN ('West', 'East');

-- Which properties built after 1950 have an accepted offer? List address and year built.
SELECT Address, YearBuilt FROM Property WHERE YearBuilt > 1950 AND PropertyId IN (SELECT PropertyId FROM Offer WHERE Status = 'accepted');

-- Which property types were never the subject of a pending offer?
SELECT PropertyType FROM Property EXCEPT SELECT Property.PropertyType FROM Property JOIN Offer ON Property.PropertyId = Offer.PropertyId WHERE Offer.Status = 'pending';

-- Find the names of owners who hold the whole of some property and a part of another one, that is a share of 100 and a share below 100.
SELECT Owner.FullName FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId WHERE PropertyOwner.SharePercent = 100 INTERSECT SELECT Owner.FullName FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId WHERE PropertyOwner.SharePercent < 100;

-- Name every person who has come to a viewing or owns a property.
SELECT VisitorName FROM Viewing UNION SELECT FullName FROM Owner;

-- Which offers matched or beat the asking price? Show address, buyer and amount.
SELECT Property.Address, Offer.BuyerName, Offer.Amount FROM Property JOIN Offer ON Property.PropertyId = Offer.PropertyId WHERE Offer.Amount >= Property.AskingPrice;

-- Which agent is responsible for the properties with the highest total asking price? First and last name.
SELECT Agent.FirstName, Agent.LastName FROM Agent JOIN Property ON Agent.AgentId = Property.AgentId GROUP BY Agent.AgentId ORDER BY SUM(Property.AskingPrice) DESC LIMIT 1;

-- For agents whose properties received at least three offers, give first name, last name and the number of offers.
SELECT Agent.FirstName, Agent.LastName, COUNT(*) FROM Agent JOIN Property ON Agent.AgentId = Property.AgentId JOIN Offer ON Property.PropertyId = Offer.PropertyId GROUP BY Agent.AgentId HAVING COUNT(*) >= 3;

-- In which district was the most money offered in total?
SELECT District.Name FROM District JOIN Property ON District.DistrictId = Property.DistrictId JOIN Offer ON Property.PropertyId = Offer.PropertyId GROUP BY District.DistrictId ORDER BY SUM(Offer.Amount) DESC LIMIT 1;

-- What is the average viewing rating per district, best rated first? Show the district name and the average.
SELECT District.Name, AVG(Viewing.Rating) FROM District JOIN Property ON District.DistrictId = Property.DistrictId JOIN Viewing ON Property.PropertyId = Viewing.PropertyId GROUP BY District.DistrictId ORDER BY AVG(Viewing.Rating) DESC;

-- Which property types have an average floor area larger than the average over all properties?
SELECT PropertyType FROM Property GROUP BY PropertyType HAVING AVG(FloorArea) > (SELECT AVG(FloorArea) FROM Property);

-- Which different agents showed visitors a property that another agent is responsible for? First and last names.
SELECT DISTINCT Agent.FirstName, Agent.LastName FROM Agent JOIN Viewing ON Agent.AgentId = Viewing.AgentId JOIN Property ON Viewing.PropertyId = Property.PropertyId WHERE Property.AgentId != Viewing.AgentId;

-- Who owns shares in properties in the greatest number of different districts?
SELECT Owner.FullName FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId JOIN Property ON PropertyOwner.PropertyId = Property.PropertyId GROUP BY Owner.OwnerId ORDER BY COUNT(DISTINCT Property.DistrictId) DESC LIMIT 1;

-- Which owners from Ashford have property in Old Harbour but none in Foundry Quarter?
SELECT Owner.FullName FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId JOIN Property ON PropertyOwner.PropertyId = Property.PropertyId JOIN District ON Property.DistrictId = District.DistrictId WHERE Owner.HomeTown = 'Ashford' AND District.Name = 'Old Harbour' EXCEPT SELECT Owner.FullName FROM Owner JOIN PropertyOwner ON Owner.OwnerId = PropertyOwner.OwnerId JOIN Property ON PropertyOwner.PropertyId = Property.PropertyId JOIN District ON Property.DistrictId = District.DistrictId WHERE District.Name = 'Foundry Quarter';
