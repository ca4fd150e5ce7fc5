-- How many animals live in the zoo?
SELECT COUNT(*) FROM animals;

-- Number of animals in the zoo?
SELECT COUNT(*) FROM animals;

-- What are the common names of the 'reptile' species?
SELECT common_name FROM species WHERE class = 'reptile';

-- List the names of all enclosures in the 'Savanna' zone.
SELECT name FROM enclosures WHERE zone = 'Savanna';

-- Which animals weigh more than 200?
SELECT name FROM animals WHERE weight > 200;

-- Show the names of the animals whose weight is above 200.
SELECT name FROM animals WHERE weight > 200;

-- Which different foods have been fed?
SELECT DISTINCT food FROM feedings;

-- How much does a keeper earn on average?
SELECT AVG(salary) FROM keepers;

-- Give the names of the keepers with no qualification on file.
SELECT name FROM keepers WHERE qualification IS NULL;

-- How many species are endangered ('yes')?
SELECT COUNT(*) FROM species WHERE is_endangered = 'yes';

-- Count the endangered species, those with is_endangered 'yes'.
SELECT COUNT(*) FROM species WHERE is_endangered = 'yes';

-- From how many different continents do our species come?
SELECT COUNT(DISTINCT continent) FROM species;

-- What is the area of the 'Vivarium', and when was it built?
SELECT area, built_year FROM enclosures WHERE name = 'Vivarium';

-- Show name and birth date of the animals born between 2019-01-01 and 2020-12-31.
SELECT name, birth_date FROM animals WHERE birth_date BETWEEN '2019-01-01' AND '2020-12-31';

-- Biggest and smallest enclosure area in the zoo?
SELECT MAX(area), MIN(area) FROM enclosures;

-- How many people came to the zoo in all the group visits together?
SELECT SUM(people) FROM visits;

-- Which groups have 'School' somewhere in their name? List distinct group names.
SELECT DISTINCT group_name FROM visits WHERE group_name LIKE '%School%';

-- What enclosures built after 2010 have water ('yes')?
SELECT name FROM enclosures WHERE built_year > 2010 AND has_water = 'yes';

-- Find the animals whose mother is unknown and whose sex is 'F'. Names.
SELECT name FROM animals WHERE mother_id IS NULL AND sex = 'F';

-- Which species come from 'Africa' or 'Asia'? Give their common names and diets.
SELECT common_name, diet FROM species WHERE continent = 'Africa' OR continent = 'Asia';

-- How many feedings consisted of 'herring'?
SELECT COUNT(*) FROM feedings WHERE food = 'herring';

-- Tell me who was hired before 2015, keeper name and date.
SELECT name, hired_on FROM keepers WHERE hired_on < '2015-01-01';

-- How many animals are there of each species? Common name and count.
SELECT species.common_name, COUNT(*) FROM species JOIN animals ON species.species_id = animals.species_id GROUP BY species.species_id;

-- For every species we keep, show its common name with the number of animals.
SELECT species.common_name, COUNT(*) FROM species JOIN animals ON species.species_id = animals.species_id GROUP BY species.species_id;

-- Which animal is the heaviest?
SELECT name FROM animals ORDER BY weight DESC LIMIT 1;

-- Show each animal's name with the name of the enclosure it lives in.
SELECT animals.name, enclosures.name FROM animals JOIN enclosures ON animals.enclosure_id = enclosures.enclosure_id;

-- What is the number of species per class, the most common class first?
SELECT class, COUNT(*) FROM species GROUP BY class ORDER BY COUNT(*) DESC;

-- Which enclosure houses the most animals? Give the name.
SELECT enclosures.name FROM enclosures JOIN animals ON enclosures.enclosure_id = animals.enclosure_id GROUP BY enclosures.enclosure_id ORDER BY COUNT(*) DESC LIMIT 1;

-- In which enclosure do most animals live?
SELECT enclosures.name FROM enclosures JOIN animals ON enclosures.enclosure_id = animals.enclosure_id GROUP BY enclosures.enclosure_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Name all the animals of the species 'Humboldt Penguin', lightest first.
SELECT animals.name FROM animals JOIN species ON animals.species_id = species.species_id WHERE species.common_name = 'Humboldt Penguin' ORDER BY animals.weight ASC;

-- Total area and average area of the enclosures for each zone, please.
SELECT zone, SUM(area), AVG(area) FROM enclosures GROUP BY zone;

-- Which keepers work at the 'Giraffe Plain'? Show their names and shifts.
SELECT keepers.name, keeper_enclosures.shift FROM keepers JOIN keeper_enclosures ON keepers.keeper_id = keeper_enclosures.keeper_id JOIN enclosures ON keeper_enclosures.enclosure_id = enclosures.enclosure_id WHERE enclosures.name = 'Giraffe Plain';

-- Give name and shift of the keepers in charge of the 'Giraffe Plain'.
SELECT keepers.name, keeper_enclosures.shift FROM keepers JOIN keeper_enclosures ON keepers.keeper_id = keeper_enclosures.keeper_id JOIN enclosures ON keeper_enclosures.enclosure_id = enclosures.enclosure_id WHERE enclosures.name = 'Giraffe Plain';

-- Which qualifications are held by at least two keepers?
SELECT qualification FROM keepers WHERE qualification IS NOT NULL GROUP BY qualification HAVING COUNT(*) >= 2;

-- List the four species with the longest life span: common name and life span.
SELECT common_name, life_span FROM species ORDER BY life_span DESC LIMIT 4;

-- How many feedings did each keeper do? Keeper name and number.
SELECT keepers.name, COUNT(*) FROM keepers JOIN feedings ON keepers.keeper_id = feedings.keeper_id GROUP BY keepers.keeper_id;

-- What has 'Bruno' in enclosure 7 been fed, and how much? Food and amount.
SELECT feedings.food, feedings.amount FROM feedings JOIN animals ON feedings.animal_id = animals.animal_id WHERE animals.name = 'Bruno' AND animals.enclosure_id = 7;

-- For each food, what was the total amount fed, from the greatest amount to the least?
SELECT food, SUM(amount) FROM feedings GROUP BY food ORDER BY SUM(amount) DESC;

-- Add up the amount of every kind of food and list food and total, largest total at the top.
SELECT food, SUM(amount) FROM feedings GROUP BY food ORDER BY SUM(amount) DESC;

-- Which groups visited more than once?
SELECT group_name FROM visits GROUP BY group_name HAVING COUNT(*) > 1;

-- Show the young animals with a known mother: name of the animal and name of its mother.
SELECT a.name, b.name FROM animals AS a JOIN animals AS b ON a.mother_id = b.animal_id;

-- What is the average weight of the 'Reticulated Giraffe' animals?
SELECT AVG(animals.weight) FROM animals JOIN species ON animals.species_id = species.species_id WHERE species.common_name = 'Reticulated Giraffe';

-- On which dates did 'Gwen Tully' guide a visit? Earliest date first.
SELECT visits.visit_date FROM visits JOIN keepers ON visits.keeper_id = keepers.keeper_id WHERE keepers.name = 'Gwen Tully' ORDER BY visits.visit_date ASC;

-- For each shift, how many assignments of keepers to enclosures exist?
SELECT shift, COUNT(*) FROM keeper_enclosures GROUP BY shift;

-- What is the oldest enclosure of the zoo? I need name and year built.
SELECT name, built_year FROM enclosures WHERE built_year IS NOT NULL ORDER BY built_year ASC LIMIT 1;

-- Give the average number of people per visit for each group name.
SELECT group_name, AVG(people) FROM visits GROUP BY group_name;

-- What's the mean party size of each visiting group? Show group name and mean number of people.
SELECT group_name, AVG(people) FROM visits GROUP BY group_name;

-- Which name is carried by more than one animal?
SELECT name FROM animals GROUP BY name HAVING COUNT(*) > 1;

-- How many animals belong to 'carnivore' species?
SELECT COUNT(*) FROM animals JOIN species ON animals.species_id = species.species_id WHERE species.diet = 'carnivore';

-- Show the distinct zones in which 'mammal' animals live.
SELECT DISTINCT enclosures.zone FROM enclosures JOIN animals ON enclosures.enclosure_id = animals.enclosure_id JOIN species ON animals.species_id = species.species_id WHERE species.class = 'mammal';

-- Order the keepers by salary, best paid first, and by name when the pay is equal; names and salaries.
SELECT name, salary FROM keepers ORDER BY salary DESC, name ASC;

-- Which feeding date saw the most feedings of 'herring'? Give the date.
SELECT feeding_date FROM feedings WHERE food = 'herring' GROUP BY feeding_date ORDER BY COUNT(*) DESC LIMIT 1;

-- Which species have no animals here at the moment? Common names.
SELECT common_name FROM species WHERE species_id NOT IN (SELECT species_id FROM animals);

-- Species listed without a single animal: common names, please.
SELECT common_name FROM species WHERE species_id NOT IN (SELECT species_id FROM animals);

-- What enclosures are empty, with no animal living in them?
SELECT name FROM enclosures WHERE enclosure_id NOT IN (SELECT enclosure_id FROM animals WHERE enclosure_id IS NOT NULL);

-- Find the keepers who have never fed an animal. Just names.
SELECT name FROM keepers WHERE keeper_id NOT IN (SELECT keeper_id FROM feedings);

-- Which enclosures are larger than the average enclosure? Give name and area.
SELECT name, area FROM enclosures WHERE area > (SELECT AVG(area) FROM enclosures);

-- Which continents have both a 'carnivore' and a 'herbivore' species?
SELECT continent FROM species WHERE diet = 'carnivore' INTERSECT SELECT continent FROM species WHERE diet = 'herbivore';

-- Show zones with an enclosure that has water ('yes') but none built before 2000.
SELECT zone FROM enclosures WHERE has_water = 'yes' EXCEPT SELECT zone FROM enclosures WHERE built_year < 2000;

-- Which zones offer an enclosure with water ('yes') and contain no enclosure from before the year 2000?
SELECT zone FROM enclosures WHERE has_water = 'yes' EXCEPT SELECT zone FROM enclosures WHERE built_year < 2000;

-- List the names of animals that have been mothers.
SELECT name FROM animals WHERE animal_id IN (SELECT mother_id FROM animals);

-- Female animals ('F') of endangered species ('yes') born after 2015-12-31: what are their names and species?
SELECT animals.name, species.common_name FROM animals JOIN species ON animals.species_id = species.species_id WHERE animals.sex = 'F' AND species.is_endangered = 'yes' AND animals.birth_date > '2015-12-31';

-- Who earns more than every keeper with an 'animal care diploma'? Return keeper name and salary.
SELECT name, salary FROM keepers WHERE salary > (SELECT MAX(salary) FROM keepers WHERE qualification = 'animal care diploma');

-- Which keepers guided no visit although they were hired before 2020? Names.
SELECT name FROM keepers WHERE hired_on < '2020-01-01' AND keeper_id NOT IN (SELECT keeper_id FROM visits WHERE keeper_id IS NOT NULL);

-- Give one list of ids of keepers who either guided a visit of more than 24 people or fed some 'beef'.
SELECT keeper_id FROM visits WHERE people > 24 UNION SELECT keeper_id FROM feedings WHERE food = 'beef';

-- Which keeper is assigned to the most animals through the enclosures? Give the name and the number of animals.
SELECT keepers.name, COUNT(*) FROM keepers JOIN keeper_enclosures ON keepers.keeper_id = keeper_enclosures.keeper_id JOIN animals ON keeper_enclosures.enclosure_id = animals.enclosure_id GROUP BY keepers.keeper_id ORDER BY COUNT(*) DESC LIMIT 1;

-- For each zone with more than three animals, show the zone and its number of animals, most animals first.
SELECT enclosures.zone, COUNT(*) FROM enclosures JOIN animals ON enclosures.enclosure_id = animals.enclosure_id GROUP BY enclosures.zone HAVING COUNT(*) > 3 ORDER BY COUNT(*) DESC;

-- Which species got the largest total amount of food? Show the common name and the total.
SELECT species.common_name, SUM(feedings.amount) FROM species JOIN animals ON species.species_id = animals.species_id JOIN feedings ON animals.animal_id = feedings.animal_id GROUP BY species.species_id ORDER BY SUM(feedings.amount) DESC LIMIT 1;

-- What species eats the most, in total amount fed? Common name and amount.
SELECT species.common_name, SUM(feedings.amount) FROM species JOIN animals ON species.species_id = animals.species_id JOIN feedings ON animals.animal_id = feedings.animal_id GROUP BY species.species_id ORDER BY SUM(feedings.amount) DESC LIMIT 1;

-- Which keepers have fed both a 'mammal' and a 'reptile'? Names.
SELECT keepers.name FROM keepers JOIN feedings ON keepers.keeper_id = feedings.keeper_id JOIN animals ON feedings.animal_id = animals.animal_id JOIN species ON animals.species_id = species.species_id WHERE species.class = 'mammal' INTERSECT SELECT keepers.name FROM keepers JOIN feedings ON keepers.keeper_id = feedings.keeper_id JOIN animals ON feedings.animal_id = animals.animal_id JOIN species ON animals.species_id = species.species_id WHERE species.class = 'reptile';

-- How many different species has 'Obinna Eze' fed?
SELECT COUNT(DISTINCT animals.species_id) FROM animals JOIN feedings ON animals.animal_id = feedings.animal_id JOIN keepers ON feedings.keeper_id = keepers.keeper_id WHERE keepers.name = 'Obinna Eze';

-- Show the common names of species whose animals weigh, on average, more than the average of all animals.
SELECT species.common_name FROM species JOIN animals ON species.species_id = animals.species_id GROUP BY species.species_id HAVING AVG(animals.weight) > (SELECT AVG(weight) FROM animals);

-- List the keepers of enclosures in the 'Forest' zone or the 'Tropics' zone who are responsible for at least two of those enclosures: name and number.
SELECT keepers.name, COUNT(*) FROM keepers JOIN keeper_enclosures ON keepers.keeper_id = keeper_enclosures.keeper_id JOIN enclosures ON keeper_enclosures.enclosure_id = enclosures.enclosure_id WHERE enclosures.zone IN ('Forest', 'Tropics') GROUP BY keepers.keeper_id HAVING COUNT(*) >= 2;

-- Names of enclosures with a 'morning' keeper but no 'afternoon' keeper?
SELECT enclosures.name FROM enclosures JOIN keeper_enclosures ON enclosures.enclosure_id = keeper_enclosures.enclosure_id WHERE keeper_enclosures.shift = 'morning' EXCEPT SELECT enclosures.name FROM enclosures JOIN keeper_enclosures ON enclosures.enclosure_id = keeper_enclosures.enclosure_id WHERE keeper_enclosures.shift = 'afternoon';
