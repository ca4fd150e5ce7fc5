-- How many products are in the catalogue?
SELECT COUNT(*) FROM product;

-- Give the names and unit prices of all products in the category power tools.
SELECT prod_name, unit_price FROM product WHERE categ = 'power tools';

-- Which suppliers are from Ireland?
SELECT supp_name FROM supplier WHERE country = 'Ireland';

-- Give the names of the suppliers we have in Ireland.
SELECT supp_name FROM supplier WHERE country = 'Ireland';

-- How many warehouses have no manager?
SELECT COUNT(*) FROM warehouse WHERE mgr_name IS NULL;

-- What are the different product categories?
SELECT DISTINCT categ FROM product;

-- List the names of products whose weight is unknown.
SELECT prod_name FROM product WHERE wt_kg IS NULL;

-- What is the average freight amount of a shipment?
SELECT AVG(freight_amt) FROM shipment;

-- Find the ship dates and carriers of everything sent to Derry.
SELECT ship_dt, carrier FROM shipment WHERE dest_city = 'Derry';

-- How many shipments have not been delivered yet (no delivery date)?
SELECT COUNT(*) FROM shipment WHERE deliv_dt IS NULL;

-- Count the shipments that lack a delivery date.
SELECT COUNT(*) FROM shipment WHERE deliv_dt IS NULL;

-- Which products have a price between 10 and 25? Name and price.
SELECT prod_name, unit_price FROM product WHERE unit_price BETWEEN 10 AND 25;

-- What is the total area of the warehouses in Dublin?
SELECT SUM(area_sqm) FROM warehouse WHERE city = 'Dublin';

-- Which products have been discontinued, that is, have the discontinued flag Y?
SELECT prod_name FROM product WHERE disc_flag = 'Y';

-- How many different carriers do we ship with?
SELECT COUNT(DISTINCT carrier) FROM shipment;

-- Find product names that contain the word box.
SELECT prod_name FROM product WHERE prod_name LIKE '%box%';

-- What are the shortest and the longest lead time in days among suppliers?
SELECT MIN(lead_days), MAX(lead_days) FROM supplier;

-- Which suppliers need more than 10 days to deliver? Show name and lead days.
SELECT supp_name, lead_days FROM supplier WHERE lead_days > 10;

-- Who manages the warehouse called Canal Yard?
SELECT mgr_name FROM warehouse WHERE wh_name = 'Canal Yard';

-- How many shipment lines carry a discount?
SELECT COUNT(*) FROM shipment_line WHERE disc_pct IS NOT NULL;

-- Which warehouses are in Cork or Galway? Give name and area.
SELECT wh_name, area_sqm FROM warehouse WHERE city = 'Cork' OR city = 'Galway';

-- On which dates did shipments with a freight amount above 100 leave for Derry or Newry?
SELECT ship_dt FROM shipment WHERE freight_amt > 100 AND dest_city IN ('Derry', 'Newry');

-- How many products are there in each category?
SELECT categ, COUNT(*) FROM product GROUP BY categ;

-- Number of products per category, please.
SELECT categ, COUNT(*) FROM product GROUP BY categ;

-- What is the most expensive product?
SELECT prod_name FROM product ORDER BY unit_price DESC LIMIT 1;

-- Which product has the highest unit price?
SELECT prod_name FROM product ORDER BY unit_price DESC LIMIT 1;

-- List each product name with the name of its supplier.
SELECT product.prod_name, supplier.supp_name FROM product JOIN supplier ON product.supp_id = supplier.supp_id;

-- Which products does Hansen & Juhl supply? Show name and price.
SELECT product.prod_name, product.unit_price FROM product JOIN supplier ON product.supp_id = supplier.supp_id WHERE supplier.supp_name = 'Hansen & Juhl';

-- How many products does each supplier offer?
SELECT supplier.supp_name, COUNT(*) FROM supplier JOIN product ON supplier.supp_id = product.supp_id GROUP BY supplier.supp_id;

-- Name the suppliers with exactly three products.
SELECT supplier.supp_name FROM supplier JOIN product ON supplier.supp_id = product.supp_id GROUP BY supplier.supp_id HAVING COUNT(*) = 3;

-- Show the total quantity on hand in each warehouse by warehouse name.
SELECT warehouse.wh_name, SUM(stock_level.qty_on_hand) FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id GROUP BY warehouse.wh_id;

-- For each warehouse, how many units are lying there in total? Give its name and the sum.
SELECT warehouse.wh_name, SUM(stock_level.qty_on_hand) FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id GROUP BY warehouse.wh_id;

-- In which warehouses is the cordless drill in stock, and how many are on hand?
SELECT warehouse.wh_name, stock_level.qty_on_hand FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id JOIN product ON stock_level.prod_id = product.prod_id WHERE product.prod_name = 'cordless drill';

-- Sort the warehouses by area from small to large; show name and city.
SELECT wh_name, city FROM warehouse ORDER BY area_sqm;

-- Which carrier was used for the most shipments?
SELECT carrier FROM shipment GROUP BY carrier ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the average and the highest freight amount for each carrier?
SELECT carrier, AVG(freight_amt), MAX(freight_amt) FROM shipment GROUP BY carrier;

-- Which destination cities received more than two shipments?
SELECT dest_city FROM shipment GROUP BY dest_city HAVING COUNT(*) > 2;

-- To what cities did we ship at least three times?
SELECT dest_city FROM shipment GROUP BY dest_city HAVING COUNT(*) >= 3;

-- How many shipments has each warehouse sent? Give warehouse name and count.
SELECT warehouse.wh_name, COUNT(*) FROM warehouse JOIN shipment ON warehouse.wh_id = shipment.wh_id GROUP BY warehouse.wh_id;

-- Which warehouse sent the most shipments?
SELECT warehouse.wh_name FROM warehouse JOIN shipment ON warehouse.wh_id = shipment.wh_id GROUP BY warehouse.wh_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Show the three heaviest products with their weight.
SELECT prod_name, wt_kg FROM product ORDER BY wt_kg DESC LIMIT 3;

-- What was the total quantity shipped of each product? List product name and sum.
SELECT product.prod_name, SUM(shipment_line.qty) FROM product JOIN shipment_line ON product.prod_id = shipment_line.prod_id GROUP BY product.prod_id;

-- Which products were on the shipment with id 13? Give name and quantity.
SELECT product.prod_name, shipment_line.qty FROM product JOIN shipment_line ON product.prod_id = shipment_line.prod_id WHERE shipment_line.shp_id = 13;

-- What's the average unit price of the products from each country of supply?
SELECT supplier.country, AVG(product.unit_price) FROM supplier JOIN product ON supplier.supp_id = product.supp_id GROUP BY supplier.country;

-- Which cities have more than one warehouse?
SELECT city FROM warehouse GROUP BY city HAVING COUNT(*) > 1;

-- Show the different destinations served from the Dockside warehouse.
SELECT DISTINCT shipment.dest_city FROM shipment JOIN warehouse ON shipment.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'Dockside';

-- Which stock is below its reorder quantity? Give warehouse name, product name and quantity on hand.
SELECT warehouse.wh_name, product.prod_name, stock_level.qty_on_hand FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id JOIN product ON stock_level.prod_id = product.prod_id WHERE stock_level.qty_on_hand < stock_level.reorder_qty;

-- List everything that has fallen under the reorder quantity: warehouse name, product name, quantity on hand.
SELECT warehouse.wh_name, product.prod_name, stock_level.qty_on_hand FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id JOIN product ON stock_level.prod_id = product.prod_id WHERE stock_level.qty_on_hand < stock_level.reorder_qty;

-- What is the most recent count date at the North Depot?
SELECT MAX(stock_level.last_cnt_dt) FROM stock_level JOIN warehouse ON stock_level.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'North Depot';

-- How many suppliers does every country have, leaving out suppliers that have no rating?
SELECT country, COUNT(*) FROM supplier WHERE rating IS NOT NULL GROUP BY country;

-- Which categories contain at least three products and have an average price over 20? Show the category.
SELECT categ FROM product GROUP BY categ HAVING COUNT(*) >= 3 AND AVG(unit_price) > 20;

-- List shipments with more than two lines: shipment date and destination city.
SELECT shipment.ship_dt, shipment.dest_city FROM shipment JOIN shipment_line ON shipment.shp_id = shipment_line.shp_id GROUP BY shipment.shp_id HAVING COUNT(*) > 2;

-- Which products are not in stock in any warehouse?
SELECT prod_name FROM product WHERE prod_id NOT IN (SELECT prod_id FROM stock_level);

-- Is there a product without any stock record? Show its name.
SELECT prod_name FROM product WHERE prod_id NOT IN (SELECT prod_id FROM stock_level);

-- Find the products that have never been shipped. Name and price, please.
SELECT prod_name, unit_price FROM product WHERE prod_id NOT IN (SELECT prod_id FROM shipment_line);

-- Which suppliers do not supply any product?
SELECT supp_name FROM supplier WHERE supp_id NOT IN (SELECT supp_id FROM product);

-- What products cost more than the average price?
SELECT prod_name FROM product WHERE unit_price > (SELECT AVG(unit_price) FROM product);

-- Which warehouses have not sent out a shipment? Give name and city.
SELECT wh_name, city FROM warehouse WHERE wh_id NOT IN (SELECT wh_id FROM shipment);

-- Which destination cities were served by both Swift & Sons and Greenline Freight?
SELECT dest_city FROM shipment WHERE carrier = 'Swift & Sons' INTERSECT SELECT dest_city FROM shipment WHERE carrier = 'Greenline Freight';

-- Which carriers have driven for the Dublin warehouses but never for those in Cork?
SELECT shipment.carrier FROM shipment JOIN warehouse ON shipment.wh_id = warehouse.wh_id WHERE warehouse.city = 'Dublin' EXCEPT SELECT shipment.carrier FROM shipment JOIN warehouse ON shipment.wh_id = warehouse.wh_id WHERE warehouse.city = 'Cork';

-- Name all cities that occur as a warehouse city or as a destination.
SELECT city FROM warehouse UNION SELECT dest_city FROM shipment;

-- Show the names of products from Spain or Sweden that cost less than 15 and have not been discontinued (flag N).
SELECT product.prod_name FROM product JOIN supplier ON product.supp_id = supplier.supp_id WHERE supplier.country IN ('Spain', 'Sweden') AND product.unit_price < 15 AND product.disc_flag = 'N';

-- Which products are stocked in Dockside as well as in West Store?
SELECT product.prod_name FROM product JOIN stock_level ON product.prod_id = stock_level.prod_id JOIN warehouse ON stock_level.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'Dockside' INTERSECT SELECT product.prod_name FROM product JOIN stock_level ON product.prod_id = stock_level.prod_id JOIN warehouse ON stock_level.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'West Store';

-- Which warehouses larger than 2000 square metres hold power tools? Show the name of each.
SELECT wh_name FROM warehouse WHERE area_sqm > 2000 AND wh_id IN (SELECT stock_level.wh_id FROM stock_level JOIN product ON stock_level.prod_id = product.prod_id WHERE product.categ = 'power tools');

-- Which supplier's products were shipped in the largest total quantity? Give the supplier name.
SELECT supplier.supp_name FROM supplier JOIN product ON supplier.supp_id = product.supp_id JOIN shipment_line ON product.prod_id = shipment_line.prod_id GROUP BY supplier.supp_id ORDER BY SUM(shipment_line.qty) DESC LIMIT 1;

-- For every destination city that got more than 100 units in total, show the city and the total quantity, largest first.
SELECT shipment.dest_city, SUM(shipment_line.qty) FROM shipment JOIN shipment_line ON shipment.shp_id = shipment_line.shp_id GROUP BY shipment.dest_city HAVING SUM(shipment_line.qty) > 100 ORDER BY SUM(shipment_line.qty) DESC;

-- Which category was shipped on the highest number of shipment lines?
SELECT product.categ FROM product JOIN shipment_line ON product.prod_id = shipment_line.prod_id GROUP BY product.categ ORDER BY COUNT(*) DESC LIMIT 1;

-- How many different products from each supplier are held at Canal Yard? Give supplier name and the number of products.
SELECT supplier.supp_name, COUNT(DISTINCT product.prod_id) FROM supplier JOIN product ON supplier.supp_id = product.supp_id JOIN stock_level ON product.prod_id = stock_level.prod_id JOIN warehouse ON stock_level.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'Canal Yard' GROUP BY supplier.supp_id;

-- Which product is stocked in the most warehouses? Show its name and the number of warehouses.
SELECT product.prod_name, COUNT(*) FROM product JOIN stock_level ON product.prod_id = stock_level.prod_id GROUP BY product.prod_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Which carriers have an average freight amount above the overall average freight amount?
SELECT carrier FROM shipment GROUP BY carrier HAVING AVG(freight_amt) > (SELECT AVG(freight_amt) FROM shipment);

-- Find the product names that went to Waterford but never to Athlone.
SELECT product.prod_name FROM product JOIN shipment_line ON product.prod_id = shipment_line.prod_id JOIN shipment ON shipment_line.shp_id = shipment.shp_id WHERE shipment.dest_city = 'Waterford' EXCEPT SELECT product.prod_name FROM product JOIN shipment_line ON product.prod_id = shipment_line.prod_id JOIN shipment ON shipment_line.shp_id = shipment.shp_id WHERE shipment.dest_city = 'Athlone';

-- Which warehouse cities shipped products of the category power tools at least twice? Give the city and the number of shipment lines.
SELECT warehouse.city, COUNT(*) FROM warehouse JOIN shipment ON warehouse.wh_id = shipment.wh_id JOIN shipment_line ON shipment.shp_id = shipment_line.shp_id JOIN product ON shipment_line.prod_id = product.prod_id WHERE product.categ = 'power tools' GROUP BY warehouse.city HAVING COUNT(*) >= 2;

-- What is the average rating of the suppliers whose products are kept at the North Depot?
SELECT AVG(rating) FROM supplier WHERE supp_id IN (SELECT product.supp_id FROM product JOIN stock_level ON product.prod_id = stock_level.prod_id JOIN warehouse ON stock_level.wh_id = warehouse.wh_id WHERE warehouse.wh_name = 'North Depot');

-- Who manages the warehouse with the largest number of different products? Give the manager and the warehouse name.
SELECT warehouse.mgr_name, warehouse.wh_name FROM warehouse JOIN stock_level ON warehouse.wh_id = stock_level.wh_id GROUP BY warehouse.wh_id ORDER BY COUNT(DISTINCT stock_level.prod_id) DESC LIMIT 1;
