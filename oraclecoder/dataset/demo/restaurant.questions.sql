-- How many dishes do we offer?
SELECT COUNT(*) FROM dish;

-- What desserts are there? Give the names of the dishes in category 'dessert'.
SELECT dish_nm FROM dish WHERE cat = 'dessert';

-- Show the names of all dishes of the category 'dessert'.
SELECT dish_nm FROM dish WHERE cat = 'dessert';

-- List the different dish categories.
SELECT DISTINCT cat FROM dish;

-- Which dishes cost more than 20?
SELECT dish_nm FROM dish WHERE prc > 20;

-- I'd like the price and the calories of the 'Mushroom Risotto'.
SELECT prc, kcal FROM dish WHERE dish_nm = 'Mushroom Risotto';

-- How many waiters are employed?
SELECT COUNT(*) FROM waiter;

-- Average total amount of a bill?
SELECT AVG(tot_amt) FROM bill;

-- On average, how high is a bill (total amount)?
SELECT AVG(tot_amt) FROM bill;

-- Which dishes have no calorie figure?
SELECT dish_nm FROM dish WHERE kcal IS NULL;

-- Give the names and stock of the ingredients supplied by 'Dale Dairy'.
SELECT ingr_nm, stock_kg FROM ingr WHERE supp_nm = 'Dale Dairy';

-- Count the reservations made for a 'birthday'.
SELECT COUNT(*) FROM resv WHERE occasion = 'birthday';

-- What is the biggest tip on record?
SELECT MAX(tip_amt) FROM bill;

-- First and last names of the waiters hired in 2022 or later, i.e. on or after 2022-01-01.
SELECT fst_nm, lst_nm FROM waiter WHERE hire_dt >= '2022-01-01';

-- How many seats are there in all?
SELECT SUM(n_seats) FROM dining_tbl;

-- What's the total number of seats over all dining tables?
SELECT SUM(n_seats) FROM dining_tbl;

-- Which menus are tied to a season? Return menu name and season.
SELECT menu_nm, season FROM menu WHERE season IS NOT NULL;

-- How many different customers, by name, have reserved?
SELECT COUNT(DISTINCT cust_nm) FROM resv;

-- Show dish names with the word 'Soup' or the word 'Stew' in them.
SELECT dish_nm FROM dish WHERE dish_nm LIKE '%Soup%' OR dish_nm LIKE '%Stew%';

-- Which ingredients contain 'milk' or 'egg' as an allergen? Names.
SELECT ingr_nm FROM ingr WHERE allergen IN ('milk', 'egg');

-- Who reserved in July 2023, between 2023-07-01 and 2023-07-31? Give customer name and date.
SELECT cust_nm, resv_dt FROM resv WHERE resv_dt BETWEEN '2023-07-01' AND '2023-07-31';

-- How many bills were paid by 'card'?
SELECT COUNT(*) FROM bill WHERE pay_mthd = 'card';

-- How many dishes does each category have?
SELECT cat, COUNT(*) FROM dish GROUP BY cat;

-- Categories and their number of dishes, please.
SELECT cat, COUNT(*) FROM dish GROUP BY cat;

-- Which dish is the most expensive?
SELECT dish_nm FROM dish ORDER BY prc DESC LIMIT 1;

-- Show the name of each dish together with the name of the menu it is on.
SELECT dish.dish_nm, menu.menu_nm FROM dish JOIN menu ON dish.menu_id = menu.menu_id;

-- What goes into the 'Asparagus Tart'? List ingredient names and quantities in grams.
SELECT ingr.ingr_nm, dish_ingr.qty_g FROM ingr JOIN dish_ingr ON ingr.ingr_id = dish_ingr.ingr_id JOIN dish ON dish_ingr.dish_id = dish.dish_id WHERE dish.dish_nm = 'Asparagus Tart';

-- Give every ingredient of the 'Asparagus Tart' with its amount in grams.
SELECT ingr.ingr_nm, dish_ingr.qty_g FROM ingr JOIN dish_ingr ON ingr.ingr_id = dish_ingr.ingr_id JOIN dish ON dish_ingr.dish_id = dish.dish_id WHERE dish.dish_nm = 'Asparagus Tart';

-- What is the average price of each category of dishes, dearest category first? Show category and average.
SELECT cat, AVG(prc) FROM dish GROUP BY cat ORDER BY AVG(prc) DESC;

-- Which waiter served the most bills? First and last name.
SELECT waiter.fst_nm, waiter.lst_nm FROM waiter JOIN bill ON waiter.waiter_id = bill.waiter_id GROUP BY waiter.waiter_id ORDER BY COUNT(*) DESC LIMIT 1;

-- For each payment method: how many bills, and what total amount?
SELECT pay_mthd, COUNT(*), SUM(tot_amt) FROM bill GROUP BY pay_mthd;

-- Show for every payment method the number of bills and the sum of their totals.
SELECT pay_mthd, COUNT(*), SUM(tot_amt) FROM bill GROUP BY pay_mthd;

-- What are the names of dishes on the 'Autumn Table' menu, cheapest first?
SELECT dish.dish_nm FROM dish JOIN menu ON dish.menu_id = menu.menu_id WHERE menu.menu_nm = 'Autumn Table' ORDER BY dish.prc ASC;

-- Which customers have reserved more than once?
SELECT cust_nm FROM resv GROUP BY cust_nm HAVING COUNT(*) > 1;

-- List suppliers with at least three ingredients and say how many.
SELECT supp_nm, COUNT(*) FROM ingr GROUP BY supp_nm HAVING COUNT(*) >= 3;

-- What are the five largest bills? Give bill id and total.
SELECT bill_id, tot_amt FROM bill ORDER BY tot_amt DESC LIMIT 5;

-- How much did each waiter get in tips? First name, last name and the sum, for waiters with bills.
SELECT waiter.fst_nm, waiter.lst_nm, SUM(bill.tip_amt) FROM waiter JOIN bill ON waiter.waiter_id = bill.waiter_id GROUP BY waiter.waiter_id;

-- Sum up the tips by waiter and show first name, last name and total tips.
SELECT waiter.fst_nm, waiter.lst_nm, SUM(bill.tip_amt) FROM waiter JOIN bill ON waiter.waiter_id = bill.waiter_id GROUP BY waiter.waiter_id;

-- Which table was reserved most frequently? Table id, please.
SELECT tbl_id FROM resv GROUP BY tbl_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Show the first name of every waiter who has a mentor next to the mentor's first name.
SELECT a.fst_nm, b.fst_nm FROM waiter AS a JOIN waiter AS b ON a.mentor_id = b.waiter_id;

-- How many bills came from the 'terrace'?
SELECT COUNT(*) FROM bill JOIN dining_tbl ON bill.tbl_id = dining_tbl.tbl_id WHERE dining_tbl.loc = 'terrace';

-- For known locations only, how many tables and how many seats has each one?
SELECT loc, COUNT(*), SUM(n_seats) FROM dining_tbl WHERE loc IS NOT NULL GROUP BY loc;

-- Name the vegetarian dish (is_veg is 1) with the most calories.
SELECT dish_nm FROM dish WHERE is_veg = 1 ORDER BY kcal DESC LIMIT 1;

-- Who reserved a table on the 'terrace'? Show distinct customer names.
SELECT DISTINCT resv.cust_nm FROM resv JOIN dining_tbl ON resv.tbl_id = dining_tbl.tbl_id WHERE dining_tbl.loc = 'terrace';

-- What is the average number of persons per reservation, by occasion, leaving out those without an occasion?
SELECT occasion, AVG(n_pers) FROM resv WHERE occasion IS NOT NULL GROUP BY occasion;

-- Show the lowest and highest price on the menu called 'Evening Card'.
SELECT MIN(dish.prc), MAX(dish.prc) FROM dish JOIN menu ON dish.menu_id = menu.menu_id WHERE menu.menu_nm = 'Evening Card';

-- Which dishes use more than 200 g of some single ingredient? Dish name and quantity.
SELECT dish.dish_nm, dish_ingr.qty_g FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id WHERE dish_ingr.qty_g > 200;

-- Which menus have 4 or more dishes? Menu names.
SELECT menu.menu_nm FROM menu JOIN dish ON menu.menu_id = dish.menu_id GROUP BY menu.menu_id HAVING COUNT(*) >= 4;

-- Order the waiters from the highest hourly wage to the lowest and, where equal, by last name; show last name and wage.
SELECT lst_nm, hrly_wage FROM waiter ORDER BY hrly_wage DESC, lst_nm ASC;

-- Which supplier, if known, has the highest average cost per kilo?
SELECT supp_nm FROM ingr WHERE supp_nm IS NOT NULL GROUP BY supp_nm ORDER BY AVG(cost_kg) DESC LIMIT 1;

-- In how many dishes is each ingredient used? Ingredient name and number, most used first.
SELECT ingr.ingr_nm, COUNT(*) FROM ingr JOIN dish_ingr ON ingr.ingr_id = dish_ingr.ingr_id GROUP BY ingr.ingr_id ORDER BY COUNT(*) DESC;

-- Give the dates on which 'Carla' 'Mendez' served bills above 300.
SELECT bill.bill_dt FROM bill JOIN waiter ON bill.waiter_id = waiter.waiter_id WHERE waiter.fst_nm = 'Carla' AND waiter.lst_nm = 'Mendez' AND bill.tot_amt > 300;

-- Which ingredients are in no dish?
SELECT ingr_nm FROM ingr WHERE ingr_id NOT IN (SELECT ingr_id FROM dish_ingr);

-- Ingredients that we stock but never cook with: what are they called?
SELECT ingr_nm FROM ingr WHERE ingr_id NOT IN (SELECT ingr_id FROM dish_ingr);

-- Which waiters have not served a single bill? First names.
SELECT fst_nm FROM waiter WHERE waiter_id NOT IN (SELECT waiter_id FROM bill);

-- List dishes with more calories than the average dish.
SELECT dish_nm FROM dish WHERE kcal > (SELECT AVG(kcal) FROM dish);

-- Find the ids of tables that had bills but never a reservation.
SELECT tbl_id FROM bill EXCEPT SELECT tbl_id FROM resv;

-- Which table ids have been reserved both for a 'birthday' and for 'business'?
SELECT tbl_id FROM resv WHERE occasion = 'birthday' INTERSECT SELECT tbl_id FROM resv WHERE occasion = 'business';

-- What menus have no dishes yet? Menu names.
SELECT menu_nm FROM menu WHERE menu_id NOT IN (SELECT menu_id FROM dish);

-- Names of menus nobody has put a dish on?
SELECT menu_nm FROM menu WHERE menu_id NOT IN (SELECT menu_id FROM dish);

-- Give the vegetarian mains (is_veg 1, category 'main') from menus with a fixed price above 20.
SELECT dish.dish_nm FROM dish JOIN menu ON dish.menu_id = menu.menu_id WHERE dish.is_veg = 1 AND dish.cat = 'main' AND menu.fixed_prc > 20;

-- Which dishes are dearer than the 'Chicken Pie' but have fewer calories than it?
SELECT dish_nm FROM dish WHERE prc > (SELECT prc FROM dish WHERE dish_nm = 'Chicken Pie') AND kcal < (SELECT kcal FROM dish WHERE dish_nm = 'Chicken Pie');

-- First names of waiters who are mentors themselves?
SELECT fst_nm FROM waiter WHERE waiter_id IN (SELECT mentor_id FROM waiter);

-- Bills with no tip: show bill id, total amount and the last name of the waiter, for bills over 80 only.
SELECT bill.bill_id, bill.tot_amt, waiter.lst_nm FROM bill JOIN waiter ON bill.waiter_id = waiter.waiter_id WHERE bill.tip_amt IS NULL AND bill.tot_amt > 80;

-- All ingredients that are either from 'Forest Fare' or used in the dish with id 5, as one list of ingredient ids.
SELECT ingr_id FROM ingr WHERE supp_nm = 'Forest Fare' UNION SELECT ingr_id FROM dish_ingr WHERE dish_id = 5;

-- Whose ingredients turn up in recipes most often? Give the supplier and the number of recipe entries.
SELECT ingr.supp_nm, COUNT(*) FROM ingr JOIN dish_ingr ON ingr.ingr_id = dish_ingr.ingr_id GROUP BY ingr.supp_nm ORDER BY COUNT(*) DESC LIMIT 1;

-- Which dishes contain both an ingredient with the allergen 'gluten' and one with 'milk'?
SELECT dish.dish_nm FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.allergen = 'gluten' INTERSECT SELECT dish.dish_nm FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.allergen = 'milk';

-- Find the dishes made with 'gluten' as well as 'milk' allergens; names only.
SELECT dish.dish_nm FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.allergen = 'gluten' INTERSECT SELECT dish.dish_nm FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.allergen = 'milk';

-- For each menu, how many of its dishes use the ingredient 'Flour'? Menu name and count, for menus where there is such a dish.
SELECT menu.menu_nm, COUNT(*) FROM menu JOIN dish ON menu.menu_id = dish.menu_id JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.ingr_nm = 'Flour' GROUP BY menu.menu_id;

-- Name the dish whose ingredients weigh the most in total, and give that weight in grams.
SELECT dish.dish_nm, SUM(dish_ingr.qty_g) FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id GROUP BY dish.dish_id ORDER BY SUM(dish_ingr.qty_g) DESC LIMIT 1;

-- Which waiters have an average bill above the average of all bills? First and last names, best average first.
SELECT waiter.fst_nm, waiter.lst_nm FROM waiter JOIN bill ON waiter.waiter_id = bill.waiter_id GROUP BY waiter.waiter_id HAVING AVG(bill.tot_amt) > (SELECT AVG(tot_amt) FROM bill) ORDER BY AVG(bill.tot_amt) DESC;

-- What dishes on menus with a fixed price contain no product of the supplier 'Dale Dairy'? Dish names.
SELECT dish.dish_nm FROM dish JOIN menu ON dish.menu_id = menu.menu_id WHERE menu.fixed_prc IS NOT NULL EXCEPT SELECT dish.dish_nm FROM dish JOIN dish_ingr ON dish.dish_id = dish_ingr.dish_id JOIN ingr ON dish_ingr.ingr_id = ingr.ingr_id WHERE ingr.supp_nm = 'Dale Dairy';

-- Among locations with at least three bills, which one took in the most money? Show location and total.
SELECT dining_tbl.loc, SUM(bill.tot_amt) FROM dining_tbl JOIN bill ON dining_tbl.tbl_id = bill.tbl_id GROUP BY dining_tbl.loc HAVING COUNT(*) >= 3 ORDER BY SUM(bill.tot_amt) DESC LIMIT 1;

-- How many different waiters have served the 'hall'?
SELECT COUNT(DISTINCT bill.waiter_id) FROM bill JOIN dining_tbl ON bill.tbl_id = dining_tbl.tbl_id WHERE dining_tbl.loc = 'hall';
