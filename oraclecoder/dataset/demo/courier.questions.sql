-- How many depots does the company run?
SELECT COUNT(*) FROM depot;

-- What are the names of the depots in Wexham?
SELECT name FROM depot WHERE city = 'Wexham';

-- Which depots have no manager at the moment?
SELECT name FROM depot WHERE manager IS NULL;

-- List the depots that currently lack a manager.
SELECT name FROM depot WHERE manager IS NULL;

-- Who manages the Dockside depot?
SELECT manager FROM depot WHERE name = 'Dockside';

-- In which different cities do we have depots?
SELECT DISTINCT city FROM depot;

-- How much capacity do all depots offer together?
SELECT SUM(capacity) FROM depot;

-- Show the plates of the electric vans.
SELECT plate FROM van WHERE fuel = 'electric';

-- How many vans run on diesel?
SELECT COUNT(*) FROM van WHERE fuel = 'diesel';

-- Which vans have gone more than 150000 km? Plate and mileage.
SELECT plate, mileage_km FROM van WHERE mileage_km > 150000;

-- What's the heaviest load any van may carry?
SELECT MAX(max_load_kg) FROM van;

-- Plates of vans whose next service is due in June 2023, please.
SELECT plate FROM van WHERE next_service BETWEEN '2023-06-01' AND '2023-06-30';

-- Which drivers were hired in 2022 or later?
SELECT name FROM driver WHERE hired >= '2022-01-01';

-- Give the names of all drivers who have no phone number on file.
SELECT name FROM driver WHERE phone IS NULL;

-- What is the average hourly pay of our drivers?
SELECT AVG(hourly_pay) FROM driver;

-- On average, how much does a driver earn per hour?
SELECT AVG(hourly_pay) FROM driver;

-- What is the phone number of Leila Haddad?
SELECT phone FROM driver WHERE name = 'Leila Haddad';

-- Which routes are over 80 km long or have more than 70 stops?
SELECT name FROM route WHERE distance_km > 80 OR stops > 70;

-- Find the route that has no van assigned.
SELECT name FROM route WHERE van_id IS NULL;

-- How many express parcels were posted?
SELECT COUNT(*) FROM parcel WHERE service = 'express';

-- List the tracking codes of parcels sent by Hollis Books.
SELECT tracking_code FROM parcel WHERE sender = 'Hollis Books';

-- How many different senders are there?
SELECT COUNT(DISTINCT sender) FROM parcel;

-- What outcomes can a delivery attempt have? List each distinct outcome.
SELECT DISTINCT outcome FROM delivery_attempt;

-- Notes that mention a 'card'? Show the date and the note.
SELECT attempt_date, note FROM delivery_attempt WHERE note LIKE '%card%';

-- Sort the depots by capacity, largest first, and give their names and capacities.
SELECT name, capacity FROM depot ORDER BY capacity DESC;

-- Which depot opened first?
SELECT name FROM depot ORDER BY opened LIMIT 1;

-- What is our oldest depot called?
SELECT name FROM depot ORDER BY opened LIMIT 1;

-- For each city, how many depots are there and what is their total capacity?
SELECT city, COUNT(*), SUM(capacity) FROM depot GROUP BY city;

-- Which city offers the largest total depot capacity?
SELECT city FROM depot GROUP BY city ORDER BY SUM(capacity) DESC LIMIT 1;

-- Show the average mileage of the vans for each fuel, along with the number of vans.
SELECT fuel, AVG(mileage_km), COUNT(*) FROM van GROUP BY fuel;

-- Which fuels power more than three of our vans?
SELECT fuel FROM van GROUP BY fuel HAVING COUNT(*) > 3;

-- Who are the three best paid drivers?
SELECT name FROM driver ORDER BY hourly_pay DESC LIMIT 3;

-- Who is the youngest driver, and when was that driver hired?
SELECT name, hired FROM driver ORDER BY birth_year DESC LIMIT 1;

-- Name the route with the most stops.
SELECT name FROM route ORDER BY stops DESC LIMIT 1;

-- Which routes longer than 40 km have fewer than 30 stops? Give name, distance and stops.
SELECT name, distance_km, stops FROM route WHERE distance_km > 40 AND stops < 30;

-- Per service, what are the average weight and the average price of a parcel?
SELECT service, AVG(weight_kg), AVG(price) FROM parcel GROUP BY service;

-- Which sender posted the greatest total weight?
SELECT sender FROM parcel GROUP BY sender ORDER BY SUM(weight_kg) DESC LIMIT 1;

-- Find the recipients who were sent more than one parcel.
SELECT recipient FROM parcel GROUP BY recipient HAVING COUNT(*) > 1;

-- Who gets two or more parcels?
SELECT recipient FROM parcel GROUP BY recipient HAVING COUNT(*) >= 2;

-- Count the delivery attempts for each outcome, most common outcome first.
SELECT outcome, COUNT(*) FROM delivery_attempt GROUP BY outcome ORDER BY COUNT(*) DESC;

-- Which drivers belong to the Airport Hub?
SELECT driver.name FROM driver JOIN depot ON driver.depot_id = depot.id WHERE depot.name = 'Airport Hub';

-- Give each driver's name with the city the driver's depot is in.
SELECT driver.name, depot.city FROM driver JOIN depot ON driver.depot_id = depot.id;

-- How many drivers work at each depot? Depot name and number of drivers.
SELECT depot.name, COUNT(*) FROM depot JOIN driver ON depot.id = driver.depot_id GROUP BY depot.id;

-- List the depots that have drivers, with how many each.
SELECT depot.name, COUNT(*) FROM depot JOIN driver ON depot.id = driver.depot_id GROUP BY depot.id;

-- Which depot keeps the most vans?
SELECT depot.name FROM depot JOIN van ON depot.id = van.depot_id GROUP BY depot.id ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the plate of the van that serves the Coast Road?
SELECT van.plate FROM van JOIN route ON van.id = route.van_id WHERE route.name = 'Coast Road';

-- Show route names and plates for the routes driven with an electric van.
SELECT route.name, van.plate FROM route JOIN van ON route.van_id = van.id WHERE van.fuel = 'electric';

-- Which routes start from a depot in Ellerton? I'd like the longest at the top.
SELECT route.name FROM route JOIN depot ON route.depot_id = depot.id WHERE depot.city = 'Ellerton' ORDER BY route.distance_km DESC;

-- Who drives on Saturday? Show the driver and the route.
SELECT driver.name, route.name FROM driver JOIN driver_route ON driver.id = driver_route.driver_id JOIN route ON driver_route.route_id = route.id WHERE driver_route.weekday = 'Saturday';

-- How many different routes does each driver know? Driver name and number of routes.
SELECT driver.name, COUNT(DISTINCT driver_route.route_id) FROM driver JOIN driver_route ON driver.id = driver_route.driver_id GROUP BY driver.id;

-- For each route that has parcels, give the name, the number of parcels and their total weight.
SELECT route.name, COUNT(*), SUM(parcel.weight_kg) FROM route JOIN parcel ON route.id = parcel.route_id GROUP BY route.id;

-- When was an attempt made to deliver parcel CX1006, and how did it end?
SELECT delivery_attempt.attempt_date, delivery_attempt.outcome FROM delivery_attempt JOIN parcel ON delivery_attempt.parcel_id = parcel.id WHERE parcel.tracking_code = 'CX1006';

-- Tell me the date and outcome of every attempt at delivering CX1006.
SELECT delivery_attempt.attempt_date, delivery_attempt.outcome FROM delivery_attempt JOIN parcel ON delivery_attempt.parcel_id = parcel.id WHERE parcel.tracking_code = 'CX1006';

-- Which parcels needed at least two attempts? Tracking codes only.
SELECT parcel.tracking_code FROM parcel JOIN delivery_attempt ON parcel.id = delivery_attempt.parcel_id GROUP BY parcel.id HAVING COUNT(*) >= 2;

-- Which driver met the outcome nobody home most often?
SELECT driver.name FROM driver JOIN delivery_attempt ON driver.id = delivery_attempt.driver_id WHERE delivery_attempt.outcome = 'nobody home' GROUP BY driver.id ORDER BY COUNT(*) DESC LIMIT 1;

-- For which parcels has no delivery been attempted yet? Give tracking code and recipient.
SELECT tracking_code, recipient FROM parcel WHERE id NOT IN (SELECT parcel_id FROM delivery_attempt);

-- Find the drivers who have never made a delivery attempt.
SELECT name FROM driver WHERE id NOT IN (SELECT driver_id FROM delivery_attempt);

-- Is there a driver without any route? Who?
SELECT name FROM driver WHERE id NOT IN (SELECT driver_id FROM driver_route);

-- Which depot has no vans?
SELECT name FROM depot WHERE id NOT IN (SELECT depot_id FROM van);

-- How many parcels have not been delivered, that is, have no attempt with outcome delivered?
SELECT COUNT(*) FROM parcel WHERE id NOT IN (SELECT parcel_id FROM delivery_attempt WHERE outcome = 'delivered');

-- Which drivers earn more than the average hourly pay and were born after 1980?
SELECT name FROM driver WHERE hourly_pay > (SELECT AVG(hourly_pay) FROM driver) AND birth_year > 1980;

-- Tracking codes and weights of the parcels heavier than every express parcel?
SELECT tracking_code, weight_kg FROM parcel WHERE weight_kg > (SELECT MAX(weight_kg) FROM parcel WHERE service = 'express');

-- Which senders have used both the express and the economy service?
SELECT sender FROM parcel WHERE service = 'express' INTERSECT SELECT sender FROM parcel WHERE service = 'economy';

-- Name the senders that use the standard service but never economy.
SELECT sender FROM parcel WHERE service = 'standard' EXCEPT SELECT sender FROM parcel WHERE service = 'economy';

-- Make one list of all the people working for us, each name once: depot managers that are known, and drivers.
SELECT manager FROM depot WHERE manager IS NOT NULL UNION SELECT name FROM driver;

-- Which parcels had an attempt with outcome refused or wrong address? Show the code and the outcome.
SELECT parcel.tracking_code, delivery_attempt.outcome FROM parcel JOIN delivery_attempt ON parcel.id = delivery_attempt.parcel_id WHERE delivery_attempt.outcome IN ('refused', 'wrong address');

-- Give the names of the drivers at depots with a capacity above 6000 who earn less than 15 an hour.
SELECT driver.name FROM driver JOIN depot ON driver.depot_id = depot.id WHERE depot.capacity > 6000 AND driver.hourly_pay < 15;

-- Which routes are longer than the average route of the depot Airport Hub?
SELECT route.name FROM route WHERE route.distance_km > (SELECT AVG(route.distance_km) FROM route JOIN depot ON route.depot_id = depot.id WHERE depot.name = 'Airport Hub');

-- Which depot earned the most from parcel prices?
SELECT depot.name FROM depot JOIN route ON depot.id = route.depot_id JOIN parcel ON route.id = parcel.route_id GROUP BY depot.id ORDER BY SUM(parcel.price) DESC LIMIT 1;

-- Name the depot whose routes carry the highest total parcel price.
SELECT depot.name FROM depot JOIN route ON depot.id = route.depot_id JOIN parcel ON route.id = parcel.route_id GROUP BY depot.id ORDER BY SUM(parcel.price) DESC LIMIT 1;

-- For each city with at least five parcels on its routes, list the city, the number of parcels and their average weight.
SELECT depot.city, COUNT(*), AVG(parcel.weight_kg) FROM depot JOIN route ON depot.id = route.depot_id JOIN parcel ON route.id = parcel.route_id GROUP BY depot.city HAVING COUNT(*) >= 5;

-- Who delivered the greatest total weight, counting only attempts with outcome delivered?
SELECT driver.name FROM driver JOIN delivery_attempt ON driver.id = delivery_attempt.driver_id JOIN parcel ON delivery_attempt.parcel_id = parcel.id WHERE delivery_attempt.outcome = 'delivered' GROUP BY driver.id ORDER BY SUM(parcel.weight_kg) DESC LIMIT 1;

-- Find drivers who have tried to deliver a parcel for Gardenwise and also one for Volt & Wire.
SELECT driver.name FROM driver JOIN delivery_attempt ON driver.id = delivery_attempt.driver_id JOIN parcel ON delivery_attempt.parcel_id = parcel.id WHERE parcel.sender = 'Gardenwise' INTERSECT SELECT driver.name FROM driver JOIN delivery_attempt ON driver.id = delivery_attempt.driver_id JOIN parcel ON delivery_attempt.parcel_id = parcel.id WHERE parcel.sender = 'Volt & Wire';

-- List the different drivers who are scheduled on a route served by a diesel van on Monday.
SELECT DISTINCT driver.name FROM driver JOIN driver_route ON driver.id = driver_route.driver_id JOIN route ON driver_route.route_id = route.id JOIN van ON route.van_id = van.id WHERE van.fuel = 'diesel' AND driver_route.weekday = 'Monday';

-- Which weekdays see a total of over 200 stops being driven? Give the weekday and the total, highest first.
SELECT driver_route.weekday, SUM(route.stops) FROM driver_route JOIN route ON driver_route.route_id = route.id GROUP BY driver_route.weekday HAVING SUM(route.stops) > 200 ORDER BY SUM(route.stops) DESC;

-- Which depots have parcels insured for more than 500 on their routes but no petrol van?
SELECT depot.name FROM depot JOIN route ON depot.id = route.depot_id JOIN parcel ON route.id = parcel.route_id WHERE parcel.insured_value > 500 EXCEPT SELECT depot.name FROM depot JOIN van ON depot.id = van.depot_id WHERE van.fuel = 'petrol';
