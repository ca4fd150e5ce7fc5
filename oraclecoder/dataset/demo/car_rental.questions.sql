-- How many vehicles does the company own?
SELECT COUNT(*) FROM vehicles;

-- Show plate, make and model of all electric vehicles.
SELECT plate, make, model FROM vehicles WHERE fuel = 'electric';

-- Which cities have a branch? List them without duplicates.
SELECT DISTINCT city FROM branches;

-- In which different cities can I pick up a car from one of the branches?
SELECT DISTINCT city FROM branches;

-- How many customers come from France?
SELECT COUNT(*) FROM customers WHERE country = 'France';

-- Give the names of customers who have no loyalty level.
SELECT full_name FROM customers WHERE loyalty_level IS NULL;

-- What is the average daily rate of an SUV?
SELECT AVG(daily_rate) FROM vehicles WHERE category = 'SUV';

-- Which insurance options cost less than 5 a day? Title and daily fee please.
SELECT title, daily_fee FROM insurance_options WHERE daily_fee < 5;

-- Which insurance options come with a deductible of 0?
SELECT title FROM insurance_options WHERE deductible = 0;

-- How many rentals have not ended yet, i.e. have no end date?
SELECT COUNT(*) FROM rentals WHERE end_date IS NULL;

-- Count the rentals that are still open, with no end date recorded.
SELECT COUNT(*) FROM rentals WHERE end_date IS NULL;

-- List the parts and repair costs of all major damages.
SELECT part, repair_cost FROM damages WHERE severity = 'major';

-- Which vehicles have a daily rate between 60 and 90? Give make, model and rate.
SELECT make, model, daily_rate FROM vehicles WHERE daily_rate BETWEEN 60 AND 90;

-- When did the Geneva branch open?
SELECT opened_on FROM branches WHERE city = 'Geneva';

-- What is the highest total price anyone has paid for a rental?
SELECT MAX(total_price) FROM rentals;

-- Find all plates starting with GE.
SELECT plate FROM vehicles WHERE plate LIKE 'GE%';

-- How many different makes are in the fleet?
SELECT COUNT(DISTINCT make) FROM vehicles;

-- Who among the customers was born before 1980? Show name and birth date.
SELECT full_name, birth_date FROM customers WHERE birth_date < '1980-01-01';

-- What is the total number of staff at the airport branches?
SELECT SUM(staff_count) FROM branches WHERE location_type = 'airport';

-- How many rentals began in July 2023?
SELECT COUNT(*) FROM rentals WHERE start_date BETWEEN '2023-07-01' AND '2023-07-31';

-- Are there vehicles with unknown mileage? Show their make and model.
SELECT make, model FROM vehicles WHERE mileage IS NULL;

-- Names of all gold or platinum customers?
SELECT full_name FROM customers WHERE loyalty_level IN ('gold', 'platinum');

-- How many vehicles are there in each category?
SELECT category, COUNT(*) FROM vehicles GROUP BY category;

-- For every vehicle category, tell me the number of vehicles.
SELECT category, COUNT(*) FROM vehicles GROUP BY category;

-- What is the average daily rate per fuel type?
SELECT fuel, AVG(daily_rate) FROM vehicles GROUP BY fuel;

-- Which vehicle is the most expensive per day? Give make and model.
SELECT make, model FROM vehicles ORDER BY daily_rate DESC LIMIT 1;

-- List the five vehicles with the lowest mileage on the clock among those whose mileage is known, showing plate and mileage.
SELECT plate, mileage FROM vehicles WHERE mileage IS NOT NULL ORDER BY mileage LIMIT 5;

-- Show the model of each vehicle and the city of its branch.
SELECT vehicles.model, branches.city FROM vehicles JOIN branches ON vehicles.branch_id = branches.branch_id;

-- Which makes and models are stationed in Turin?
SELECT vehicles.make, vehicles.model FROM vehicles JOIN branches ON vehicles.branch_id = branches.branch_id WHERE branches.city = 'Turin';

-- I am in Turin. What cars (make and model) belong to the branch there?
SELECT vehicles.make, vehicles.model FROM vehicles JOIN branches ON vehicles.branch_id = branches.branch_id WHERE branches.city = 'Turin';

-- How many rentals has each customer taken? Give the name and the number.
SELECT customers.full_name, COUNT(*) FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id GROUP BY customers.customer_id;

-- Which customers have rented three times or more?
SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id GROUP BY customers.customer_id HAVING COUNT(*) >= 3;

-- Find the customer who has rented most often.
SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id GROUP BY customers.customer_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Who is the company's most frequent renter?
SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id GROUP BY customers.customer_id ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the total revenue from rentals per pickup city?
SELECT branches.city, SUM(rentals.total_price) FROM branches JOIN rentals ON branches.branch_id = rentals.pickup_branch_id GROUP BY branches.city;

-- Which countries do at least two customers come from?
SELECT country FROM customers GROUP BY country HAVING COUNT(*) >= 2;

-- Show how often each insurance option has been chosen, with its title.
SELECT insurance_options.title, COUNT(*) FROM insurance_options JOIN rental_insurances ON insurance_options.option_id = rental_insurances.option_id GROUP BY insurance_options.option_id;

-- What is the title of the most popular insurance option?
SELECT insurance_options.title FROM insurance_options JOIN rental_insurances ON insurance_options.option_id = rental_insurances.option_id GROUP BY insurance_options.option_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Average and maximum repair cost for each severity of damage, please.
SELECT severity, AVG(repair_cost), MAX(repair_cost) FROM damages GROUP BY severity;

-- Which parts have been damaged more than once?
SELECT part FROM damages GROUP BY part HAVING COUNT(*) > 1;

-- List all rentals of Clara Iturbe with start date and total price.
SELECT rentals.start_date, rentals.total_price FROM rentals JOIN customers ON rentals.customer_id = customers.customer_id WHERE customers.full_name = 'Clara Iturbe';

-- Sort the branches by the number of staff, largest first, and show city, location type and staff count.
SELECT city, location_type, staff_count FROM branches ORDER BY staff_count DESC;

-- What is the longest booking, in days, made by a customer from Spain?
SELECT MAX(rentals.days_booked) FROM rentals JOIN customers ON rentals.customer_id = customers.customer_id WHERE customers.country = 'Spain';

-- How many vehicles of each make were built in 2021 or later?
SELECT make, COUNT(*) FROM vehicles WHERE model_year >= 2021 GROUP BY make;

-- Which rentals included theft protection? Show the start dates.
SELECT rentals.start_date FROM rentals JOIN rental_insurances ON rentals.rental_id = rental_insurances.rental_id JOIN insurance_options ON rental_insurances.option_id = insurance_options.option_id WHERE insurance_options.title = 'theft protection';

-- What was the oldest vehicle's model year at each branch? Give branch city, location type and year.
SELECT branches.city, branches.location_type, MIN(vehicles.model_year) FROM branches JOIN vehicles ON branches.branch_id = vehicles.branch_id GROUP BY branches.branch_id;

-- Show the number of customers per loyalty level, leaving out those without a level.
SELECT loyalty_level, COUNT(*) FROM customers WHERE loyalty_level IS NOT NULL GROUP BY loyalty_level;

-- Which distinct makes have been rented by Aitor Mendiola?
SELECT DISTINCT vehicles.make FROM vehicles JOIN rentals ON vehicles.vehicle_id = rentals.vehicle_id JOIN customers ON rentals.customer_id = customers.customer_id WHERE customers.full_name = 'Aitor Mendiola';

-- Name the different makes Aitor Mendiola has driven.
SELECT DISTINCT vehicles.make FROM vehicles JOIN rentals ON vehicles.vehicle_id = rentals.vehicle_id JOIN customers ON rentals.customer_id = customers.customer_id WHERE customers.full_name = 'Aitor Mendiola';

-- Which damage was the costliest to repair? Show the part and the date it was reported.
SELECT part, reported_on FROM damages ORDER BY repair_cost DESC LIMIT 1;

-- Which cities have more than one branch?
SELECT city FROM branches GROUP BY city HAVING COUNT(*) > 1;

-- What were the start date and plate for each rental longer than 7 days?
SELECT rentals.start_date, vehicles.plate FROM rentals JOIN vehicles ON rentals.vehicle_id = vehicles.vehicle_id WHERE rentals.days_booked > 7;

-- Which vehicles have never been rented? Give plate and model.
SELECT plate, model FROM vehicles WHERE vehicle_id NOT IN (SELECT vehicle_id FROM rentals);

-- Show plate and model of vehicles that do not appear in any rental.
SELECT plate, model FROM vehicles WHERE vehicle_id NOT IN (SELECT vehicle_id FROM rentals);

-- Which branches have no vehicles of their own? Show the city and the location type.
SELECT city, location_type FROM branches WHERE branch_id NOT IN (SELECT branch_id FROM vehicles);

-- How many rentals went without any insurance?
SELECT COUNT(*) FROM rentals WHERE rental_id NOT IN (SELECT rental_id FROM rental_insurances);

-- Find vehicles with a daily rate above the average: make, model, daily rate.
SELECT make, model, daily_rate FROM vehicles WHERE daily_rate > (SELECT AVG(daily_rate) FROM vehicles);

-- Which makes have both petrol and electric vehicles?
SELECT make FROM vehicles WHERE fuel = 'petrol' INTERSECT SELECT make FROM vehicles WHERE fuel = 'electric';

-- Which fuels are used in compact cars but not in vans?
SELECT fuel FROM vehicles WHERE category = 'compact' EXCEPT SELECT fuel FROM vehicles WHERE category = 'van';

-- Customers who rented in Porto as well as in Bilbao: what are their names?
SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN branches ON rentals.pickup_branch_id = branches.branch_id WHERE branches.city = 'Porto' INTERSECT SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN branches ON rentals.pickup_branch_id = branches.branch_id WHERE branches.city = 'Bilbao';

-- Which customers have never caused any damage on a rental? Name and country.
SELECT full_name, country FROM customers WHERE customer_id NOT IN (SELECT rentals.customer_id FROM rentals JOIN damages ON rentals.rental_id = damages.rental_id);

-- List the plates of diesel vehicles from 2020 or later that are based at an airport or a railway station.
SELECT vehicles.plate FROM vehicles JOIN branches ON vehicles.branch_id = branches.branch_id WHERE vehicles.fuel = 'diesel' AND vehicles.model_year >= 2020 AND branches.location_type IN ('airport', 'railway station');

-- Which rentals cost more than 2 times the average total price? Show the start date and total price.
SELECT start_date, total_price FROM rentals WHERE total_price > (SELECT 2 * AVG(total_price) FROM rentals);

-- What are the names of customers from Portugal or Spain who rented a car in the van or SUV category? No name twice.
SELECT DISTINCT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN vehicles ON rentals.vehicle_id = vehicles.vehicle_id WHERE customers.country IN ('Portugal', 'Spain') AND vehicles.category IN ('van', 'SUV');

-- Which category has earned the most rental income in total?
SELECT vehicles.category FROM vehicles JOIN rentals ON vehicles.vehicle_id = rentals.vehicle_id GROUP BY vehicles.category ORDER BY SUM(rentals.total_price) DESC LIMIT 1;

-- For each make, what was the total cost of repairing damages? Show the costliest make first.
SELECT vehicles.make, SUM(damages.repair_cost) FROM vehicles JOIN rentals ON vehicles.vehicle_id = rentals.vehicle_id JOIN damages ON rentals.rental_id = damages.rental_id GROUP BY vehicles.make ORDER BY SUM(damages.repair_cost) DESC;

-- Rank the makes by what their damage repairs cost altogether, highest first, with the sum.
SELECT vehicles.make, SUM(damages.repair_cost) FROM vehicles JOIN rentals ON vehicles.vehicle_id = rentals.vehicle_id JOIN damages ON rentals.rental_id = damages.rental_id GROUP BY vehicles.make ORDER BY SUM(damages.repair_cost) DESC;

-- Which customers have more than one damage on their rentals? Name and number of damages.
SELECT customers.full_name, COUNT(*) FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN damages ON rentals.rental_id = damages.rental_id GROUP BY customers.customer_id HAVING COUNT(*) > 1;

-- Which branch city hands out the most cars with full cover?
SELECT branches.city FROM branches JOIN rentals ON branches.branch_id = rentals.pickup_branch_id JOIN rental_insurances ON rentals.rental_id = rental_insurances.rental_id JOIN insurance_options ON rental_insurances.option_id = insurance_options.option_id WHERE insurance_options.title = 'full cover' GROUP BY branches.city ORDER BY COUNT(*) DESC LIMIT 1;

-- Give the names of customers who took full cover at some point but never basic cover.
SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN rental_insurances ON rentals.rental_id = rental_insurances.rental_id JOIN insurance_options ON rental_insurances.option_id = insurance_options.option_id WHERE insurance_options.title = 'full cover' EXCEPT SELECT customers.full_name FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN rental_insurances ON rentals.rental_id = rental_insurances.rental_id JOIN insurance_options ON rental_insurances.option_id = insurance_options.option_id WHERE insurance_options.title = 'basic cover';

-- Which categories have an average daily rate above the average daily rate of the whole fleet?
SELECT category FROM vehicles GROUP BY category HAVING AVG(daily_rate) > (SELECT AVG(daily_rate) FROM vehicles);

-- For customers who spent more than 900 in total, give the name, the country and the total spent.
SELECT customers.full_name, customers.country, SUM(rentals.total_price) FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id GROUP BY customers.customer_id HAVING SUM(rentals.total_price) > 900;

-- What is the average number of days booked for each loyalty level on rentals of SUV vehicles? Ignore customers without a level.
SELECT customers.loyalty_level, AVG(rentals.days_booked) FROM customers JOIN rentals ON customers.customer_id = rentals.customer_id JOIN vehicles ON rentals.vehicle_id = vehicles.vehicle_id WHERE vehicles.category = 'SUV' AND customers.loyalty_level IS NOT NULL GROUP BY customers.loyalty_level;

-- Which part is most often damaged on cars picked up at an airport?
SELECT damages.part FROM damages JOIN rentals ON damages.rental_id = rentals.rental_id JOIN branches ON rentals.pickup_branch_id = branches.branch_id WHERE branches.location_type = 'airport' GROUP BY damages.part ORDER BY COUNT(*) DESC LIMIT 1;
