-- How many wines does the winery make?
SELECT COUNT(*) FROM Wine;

-- Count all the wines we have on record.
SELECT COUNT(*) FROM Wine;

-- List the names of the vineyards in Valdoro.
SELECT Name FROM Vineyard WHERE Region = 'Valdoro';

-- Which vineyards were planted before 1970?
SELECT Name FROM Vineyard WHERE PlantedYear < 1970;

-- What is the total area in hectares of all vineyards?
SELECT SUM(Hectares) FROM Vineyard;

-- Is there a vineyard with no altitude noted? Give its name.
SELECT Name FROM Vineyard WHERE Altitude IS NULL;

-- What different soils are found in the vineyards?
SELECT DISTINCT Soil FROM Vineyard;

-- Which grapes are white?
SELECT Name FROM Grape WHERE Colour = 'white';

-- How many grapes ripen in October?
SELECT COUNT(*) FROM Grape WHERE RipensIn = 'October';

-- Tell me the home country of the Furmint grape.
SELECT HomeCountry FROM Grape WHERE Name = 'Furmint';

-- Show the name and price of each red wine.
SELECT Name, Price FROM Wine WHERE Style = 'red';

-- What do the red wines cost? List name and price.
SELECT Name, Price FROM Wine WHERE Style = 'red';

-- What is the price of the dearest wine?
SELECT MAX(Price) FROM Wine;

-- How many wines were never in oak, i.e. have no oak months recorded?
SELECT COUNT(*) FROM Wine WHERE OakMonths IS NULL;

-- Which wines are from the vintage 2020?
SELECT Name FROM Wine WHERE Vintage = 2020;

-- What is the average alcohol content of our wines?
SELECT AVG(Alcohol) FROM Wine;

-- Which wines have 'Rose' in their name?
SELECT Name FROM Wine WHERE Name LIKE '%Rose%';

-- Which tasters work for Cellar Post?
SELECT Name FROM Taster WHERE Employer = 'Cellar Post';

-- Names and cities of the tasters without an employer, please.
SELECT Name, City FROM Taster WHERE Employer IS NULL;

-- How many different buyers have bought from us?
SELECT COUNT(DISTINCT Buyer) FROM Sale;

-- How many sales were made to Norway?
SELECT COUNT(*) FROM Sale WHERE Country = 'Norway';

-- Leaving out tastings without a remark, what were the remarks given with a score above 92?
SELECT Remark FROM Tasting WHERE Score > 92 AND Remark IS NOT NULL;

-- Show vineyard names and planting years, oldest planting first.
SELECT Name, PlantedYear FROM Vineyard ORDER BY PlantedYear;

-- Which vineyard lies highest?
SELECT Name FROM Vineyard ORDER BY Altitude DESC LIMIT 1;

-- How many vineyards are there in each region?
SELECT Region, COUNT(*) FROM Vineyard GROUP BY Region;

-- For each region, give the total and the average number of hectares.
SELECT Region, SUM(Hectares), AVG(Hectares) FROM Vineyard GROUP BY Region;

-- Which soils cover more than 10 hectares in total?
SELECT Soil FROM Vineyard GROUP BY Soil HAVING SUM(Hectares) > 10;

-- Which country is home to the most grapes?
SELECT HomeCountry FROM Grape GROUP BY HomeCountry ORDER BY COUNT(*) DESC LIMIT 1;

-- Count the grapes of each colour.
SELECT Colour, COUNT(*) FROM Grape GROUP BY Colour;

-- What is the most expensive wine and its vintage?
SELECT Name, Vintage FROM Wine ORDER BY Price DESC LIMIT 1;

-- Give the name and vintage of the wine with the highest price.
SELECT Name, Vintage FROM Wine ORDER BY Price DESC LIMIT 1;

-- List the three cheapest wines.
SELECT Name FROM Wine ORDER BY Price LIMIT 3;

-- For every style, show the lowest price, the average price and the highest price.
SELECT Style, MIN(Price), AVG(Price), MAX(Price) FROM Wine GROUP BY Style;

-- Which wines under 20 have at least 12 percent alcohol?
SELECT Name FROM Wine WHERE Price < 20 AND Alcohol >= 12;

-- In which vintages did we make more than 8000 bottles altogether?
SELECT Vintage FROM Wine GROUP BY Vintage HAVING SUM(BottlesMade) > 8000;

-- Which wines come from the Fox Meadow vineyard?
SELECT Wine.Name FROM Wine JOIN Vineyard ON Wine.VineyardId = Vineyard.VineyardId WHERE Vineyard.Name = 'Fox Meadow';

-- List each wine with the name of its vineyard.
SELECT Wine.Name, Vineyard.Name FROM Wine JOIN Vineyard ON Wine.VineyardId = Vineyard.VineyardId;

-- How many bottles has each vineyard produced? Show vineyard name and total bottles made.
SELECT Vineyard.Name, SUM(Wine.BottlesMade) FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId GROUP BY Vineyard.VineyardId;

-- For each vineyard, how many bottles were made there in total?
SELECT Vineyard.Name, SUM(Wine.BottlesMade) FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId GROUP BY Vineyard.VineyardId;

-- Average wine price per region?
SELECT Vineyard.Region, AVG(Wine.Price) FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId GROUP BY Vineyard.Region;

-- Which grapes go into the Limestone Blend, and in what percentage?
SELECT Grape.Name, WineGrape.Percent FROM Grape JOIN WineGrape ON Grape.GrapeId = WineGrape.GrapeId JOIN Wine ON WineGrape.WineId = Wine.WineId WHERE Wine.Name = 'Limestone Blend';

-- Find the wines that contain Riesling.
SELECT Wine.Name FROM Wine JOIN WineGrape ON Wine.WineId = WineGrape.WineId JOIN Grape ON WineGrape.GrapeId = Grape.GrapeId WHERE Grape.Name = 'Riesling';

-- Which grape is used in the most wines?
SELECT Grape.Name FROM Grape JOIN WineGrape ON Grape.GrapeId = WineGrape.GrapeId GROUP BY Grape.GrapeId ORDER BY COUNT(*) DESC LIMIT 1;

-- Name the wines blended from more than one grape.
SELECT Wine.Name FROM Wine JOIN WineGrape ON Wine.WineId = WineGrape.WineId GROUP BY Wine.WineId HAVING COUNT(*) > 1;

-- Which wines are real blends, made of more than a single grape?
SELECT Wine.Name FROM Wine JOIN WineGrape ON Wine.WineId = WineGrape.WineId GROUP BY Wine.WineId HAVING COUNT(*) > 1;

-- What is the average score of each wine that was tasted? I want the wine name and the average.
SELECT Wine.Name, AVG(Tasting.Score) FROM Wine JOIN Tasting ON Wine.WineId = Tasting.WineId GROUP BY Wine.WineId;

-- Who gave the lowest score of all?
SELECT Taster.Name FROM Taster JOIN Tasting ON Taster.TasterId = Tasting.TasterId ORDER BY Tasting.Score LIMIT 1;

-- How many tastings did each taster do? Order by the number, highest first.
SELECT Taster.Name, COUNT(*) FROM Taster JOIN Tasting ON Taster.TasterId = Tasting.TasterId GROUP BY Taster.TasterId ORDER BY COUNT(*) DESC;

-- List the scores Gareth Pugh gave, with the wine names.
SELECT Wine.Name, Tasting.Score FROM Wine JOIN Tasting ON Wine.WineId = Tasting.WineId JOIN Taster ON Tasting.TasterId = Taster.TasterId WHERE Taster.Name = 'Gareth Pugh';

-- Which buyer spent the most in total?
SELECT Buyer FROM Sale GROUP BY Buyer ORDER BY SUM(Amount) DESC LIMIT 1;

-- Show the number of sales and the total amount for each country.
SELECT Country, COUNT(*), SUM(Amount) FROM Sale GROUP BY Country;

-- Which different wines has Maison Perrin bought?
SELECT DISTINCT Wine.Name FROM Wine JOIN Sale ON Wine.WineId = Sale.WineId WHERE Sale.Buyer = 'Maison Perrin';

-- How many bottles of each wine were sold? Give the wine and the bottles, most sold first.
SELECT Wine.Name, SUM(Sale.Bottles) FROM Wine JOIN Sale ON Wine.WineId = Sale.WineId GROUP BY Wine.WineId ORDER BY SUM(Sale.Bottles) DESC;

-- Which wines have not been sold at all?
SELECT Name FROM Wine WHERE WineId NOT IN (SELECT WineId FROM Sale);

-- Find the wines nobody has bought yet.
SELECT Name FROM Wine WHERE WineId NOT IN (SELECT WineId FROM Sale);

-- Is there any vineyard without a wine of its own? Which?
SELECT Name FROM Vineyard WHERE VineyardId NOT IN (SELECT VineyardId FROM Wine);

-- Which wine was never tasted?
SELECT Name FROM Wine WHERE WineId NOT IN (SELECT WineId FROM Tasting);

-- What are the grapes that go into none of our wines?
SELECT Name FROM Grape WHERE GrapeId NOT IN (SELECT GrapeId FROM WineGrape);

-- List wines priced above the average of all wines.
SELECT Name FROM Wine WHERE Price > (SELECT AVG(Price) FROM Wine);

-- Which tasters have more years of tasting than everyone from Porto?
SELECT Name FROM Taster WHERE YearsTasting > (SELECT MAX(YearsTasting) FROM Taster WHERE City = 'Porto');

-- Find the wines from a vineyard on slate.
SELECT Name FROM Wine WHERE VineyardId IN (SELECT VineyardId FROM Vineyard WHERE Soil = 'slate');

-- Which regions have vineyards on limestone as well as on gravel?
SELECT Region FROM Vineyard WHERE Soil = 'limestone' INTERSECT SELECT Region FROM Vineyard WHERE Soil = 'gravel';

-- Name the cities where a taster has over 15 years of tasting, leaving out any city that has a taster with under 10.
SELECT City FROM Taster WHERE YearsTasting > 15 EXCEPT SELECT City FROM Taster WHERE YearsTasting < 10;

-- Put together a list of all countries that are the known home of a grape or the destination of a sale, without repeats.
SELECT HomeCountry FROM Grape WHERE HomeCountry IS NOT NULL UNION SELECT Country FROM Sale;

-- Which buyers bought in 2021 and also in 2023?
SELECT Buyer FROM Sale WHERE SoldOn BETWEEN '2021-01-01' AND '2021-12-31' INTERSECT SELECT Buyer FROM Sale WHERE SoldOn BETWEEN '2023-01-01' AND '2023-12-31';

-- How many wines scored 90 or more at least once?
SELECT COUNT(*) FROM Wine WHERE WineId IN (SELECT WineId FROM Tasting WHERE Score >= 90);

-- Which sales of wines from vintage 2021 exceeded 1000 bottles? Show the buyer and the wine.
SELECT Sale.Buyer, Wine.Name FROM Sale JOIN Wine ON Sale.WineId = Wine.WineId WHERE Wine.Vintage = 2021 AND Sale.Bottles > 1000;

-- Which white wines contain no Chardonnay?
SELECT Wine.Name FROM Wine WHERE Wine.Style = 'white' AND Wine.WineId NOT IN (SELECT WineGrape.WineId FROM WineGrape JOIN Grape ON WineGrape.GrapeId = Grape.GrapeId WHERE Grape.Name = 'Chardonnay');

-- Which vineyard earned the largest amount from sales?
SELECT Vineyard.Name FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId JOIN Sale ON Wine.WineId = Sale.WineId GROUP BY Vineyard.VineyardId ORDER BY SUM(Sale.Amount) DESC LIMIT 1;

-- From which vineyard did the most sales money come?
SELECT Vineyard.Name FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId JOIN Sale ON Wine.WineId = Sale.WineId GROUP BY Vineyard.VineyardId ORDER BY SUM(Sale.Amount) DESC LIMIT 1;

-- For each region, show how many different wines were tasted and their average score.
SELECT Vineyard.Region, COUNT(DISTINCT Wine.WineId), AVG(Tasting.Score) FROM Vineyard JOIN Wine ON Vineyard.VineyardId = Wine.VineyardId JOIN Tasting ON Wine.WineId = Tasting.WineId GROUP BY Vineyard.Region;

-- Which tasters gave an average score over 88 in at least three tastings? List the name and the average, best first.
SELECT Taster.Name, AVG(Tasting.Score) FROM Taster JOIN Tasting ON Taster.TasterId = Tasting.TasterId GROUP BY Taster.TasterId HAVING AVG(Tasting.Score) > 88 AND COUNT(*) >= 3 ORDER BY AVG(Tasting.Score) DESC;

-- Name the wines that were both sold to Germany and tasted with a score below 80.
SELECT Wine.Name FROM Wine JOIN Sale ON Wine.WineId = Sale.WineId WHERE Sale.Country = 'Germany' INTERSECT SELECT Wine.Name FROM Wine JOIN Tasting ON Wine.WineId = Tasting.WineId WHERE Tasting.Score < 80;

-- Which grape from France brought in the most bottles sold, counting every sale of a wine that contains it?
SELECT Grape.Name FROM Grape JOIN WineGrape ON Grape.GrapeId = WineGrape.GrapeId JOIN Sale ON WineGrape.WineId = Sale.WineId WHERE Grape.HomeCountry = 'France' GROUP BY Grape.GrapeId ORDER BY SUM(Sale.Bottles) DESC LIMIT 1;

-- Find the distinct tasters who have tasted a wine from the Brenta Hills region.
SELECT DISTINCT Taster.Name FROM Taster JOIN Tasting ON Taster.TasterId = Tasting.TasterId JOIN Wine ON Tasting.WineId = Wine.WineId JOIN Vineyard ON Wine.VineyardId = Vineyard.VineyardId WHERE Vineyard.Region = 'Brenta Hills';

-- Which countries bought white wine but no red wine?
SELECT Sale.Country FROM Sale JOIN Wine ON Sale.WineId = Wine.WineId WHERE Wine.Style = 'white' EXCEPT SELECT Sale.Country FROM Sale JOIN Wine ON Sale.WineId = Wine.WineId WHERE Wine.Style = 'red';
