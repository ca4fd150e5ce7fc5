-- How many plants feed the grid?
SELECT COUNT(*) FROM plants;

-- What are the names of the wind plants?
SELECT plant_nm FROM plants WHERE fuel_typ = 'wind';

-- List the plants that burn coal or gas, with their capacity.
SELECT plant_nm, cap_mw FROM plants WHERE fuel_typ IN ('coal', 'gas');

-- Give the name and capacity of each plant whose fuel is coal or gas.
SELECT plant_nm, cap_mw FROM plants WHERE fuel_typ IN ('coal', 'gas');

-- Which plants have more than 400 MW of capacity?
SELECT plant_nm FROM plants WHERE cap_mw > 400;

-- What is the combined capacity of all plants?
SELECT SUM(cap_mw) FROM plants;

-- How many plants have no CO2 figure?
SELECT COUNT(*) FROM plants WHERE co2_kt IS NULL;

-- When was Coalgate commissioned?
SELECT comm_yr FROM plants WHERE plant_nm = 'Coalgate';

-- In how many different fuel types do our plants come?
SELECT COUNT(DISTINCT fuel_typ) FROM plants;

-- Which operators are cooperatives (coop)?
SELECT opr_nm FROM oprs WHERE own_typ = 'coop';

-- Operators with their headquarters in Norvale?
SELECT opr_nm FROM oprs WHERE hq_city = 'Norvale';

-- Which operators have over 500 employees? Names and employee counts.
SELECT opr_nm, emp_cnt FROM oprs WHERE emp_cnt > 500;

-- Which operator did not tell us its number of employees?
SELECT opr_nm FROM oprs WHERE emp_cnt IS NULL;

-- Show the substations of the Uplands district.
SELECT substn_nm FROM substns WHERE dist_nm = 'Uplands';

-- List the distinct districts that have a substation.
SELECT DISTINCT dist_nm FROM substns;

-- Which substations have never been inspected?
SELECT substn_nm FROM substns WHERE insp_dt IS NULL;

-- Name the substations with no inspection date.
SELECT substn_nm FROM substns WHERE insp_dt IS NULL;

-- How many transformers are installed across all substations?
SELECT SUM(trf_cnt) FROM substns;

-- Which lines are longer than 50 km?
SELECT line_cd FROM lines WHERE len_km > 50;

-- What is the length of line IS-01?
SELECT len_km FROM lines WHERE line_cd = 'IS-01';

-- How many outages were caused by a storm?
SELECT COUNT(*) FROM outages WHERE cause = 'storm';

-- Count the outages in 2022.
SELECT COUNT(*) FROM outages WHERE start_dt BETWEEN '2022-01-01' AND '2022-12-31';

-- What was the longest outage, in hours?
SELECT MAX(dur_hr) FROM outages;

-- Tell me the dates of the outages that have no known cause.
SELECT start_dt FROM outages WHERE cause IS NULL;

-- What were the lowest and highest temperatures among the readings?
SELECT MIN(temp_c), MAX(temp_c) FROM rdgs;

-- Which line codes start with 'UP'?
SELECT line_cd FROM lines WHERE line_cd LIKE 'UP%';

-- List plant names from the largest capacity to the smallest.
SELECT plant_nm FROM plants ORDER BY cap_mw DESC;

-- What is the oldest plant still in the list, and what fuel does it use?
SELECT plant_nm, fuel_typ FROM plants ORDER BY comm_yr LIMIT 1;

-- For each fuel type, how many plants are there and what is their total capacity?
SELECT fuel_typ, COUNT(*), SUM(cap_mw) FROM plants GROUP BY fuel_typ;

-- Break down the plants by fuel type: number of plants and summed capacity.
SELECT fuel_typ, COUNT(*), SUM(cap_mw) FROM plants GROUP BY fuel_typ;

-- Which fuel types are used by at least three plants?
SELECT fuel_typ FROM plants GROUP BY fuel_typ HAVING COUNT(*) >= 3;

-- What are the average capacity of the plants commissioned after 2000 and the number of such plants?
SELECT AVG(cap_mw), COUNT(*) FROM plants WHERE comm_yr > 2000;

-- Name the three plants that emit the most CO2.
SELECT plant_nm FROM plants ORDER BY co2_kt DESC LIMIT 3;

-- How many operators are there of each ownership type?
SELECT own_typ, COUNT(*) FROM oprs GROUP BY own_typ;

-- In which cities are more than one operator headquartered?
SELECT hq_city FROM oprs GROUP BY hq_city HAVING COUNT(*) > 1;

-- Youngest operator and the year it was established?
SELECT opr_nm, estd_yr FROM oprs ORDER BY estd_yr DESC LIMIT 1;

-- Per district, show the number of substations and the highest voltage.
SELECT dist_nm, COUNT(*), MAX(max_kv) FROM substns GROUP BY dist_nm;

-- Which district has the most transformers?
SELECT dist_nm FROM substns GROUP BY dist_nm ORDER BY SUM(trf_cnt) DESC LIMIT 1;

-- Total line length for each way of building (build type), longest first.
SELECT build_typ, SUM(len_km) FROM lines GROUP BY build_typ ORDER BY SUM(len_km) DESC;

-- Show the plants run by Norvale Power.
SELECT plants.plant_nm FROM plants JOIN oprs ON plants.opr_id = oprs.opr_id WHERE oprs.opr_nm = 'Norvale Power';

-- Who operates the plant Long Shoal?
SELECT oprs.opr_nm FROM oprs JOIN plants ON oprs.opr_id = plants.opr_id WHERE plants.plant_nm = 'Long Shoal';

-- Which operator has the greatest total length of lines?
SELECT oprs.opr_nm FROM oprs JOIN lines ON oprs.opr_id = lines.opr_id GROUP BY oprs.opr_id ORDER BY SUM(lines.len_km) DESC LIMIT 1;

-- How much capacity does each operator run? Give the operator and the total MW.
SELECT oprs.opr_nm, SUM(plants.cap_mw) FROM oprs JOIN plants ON oprs.opr_id = plants.opr_id GROUP BY oprs.opr_id;

-- Show every operator that has plants, together with its total capacity.
SELECT oprs.opr_nm, SUM(plants.cap_mw) FROM oprs JOIN plants ON oprs.opr_id = plants.opr_id GROUP BY oprs.opr_id;

-- Which lines start at the Norvale North substation? Code and voltage, please.
SELECT lines.line_cd, lines.volt_kv FROM lines JOIN substns ON lines.from_substn_id = substns.substn_id WHERE substns.substn_nm = 'Norvale North';

-- At which substation does line VA-02 end?
SELECT substns.substn_nm FROM substns JOIN lines ON substns.substn_id = lines.to_substn_id WHERE lines.line_cd = 'VA-02';

-- How many outages did each line suffer? Show the line code and the number.
SELECT lines.line_cd, COUNT(*) FROM lines JOIN outages ON lines.line_id = outages.line_id GROUP BY lines.line_id;

-- Which lines were out more than twice?
SELECT lines.line_cd FROM lines JOIN outages ON lines.line_id = outages.line_id GROUP BY lines.line_id HAVING COUNT(*) > 2;

-- What is the average outage duration for each known or unknown cause?
SELECT cause, AVG(dur_hr) FROM outages GROUP BY cause;

-- Which outage hit the most customers? Date and cause.
SELECT start_dt, cause FROM outages ORDER BY cust_cnt DESC LIMIT 1;

-- When did the outage with the largest number of customers start and what caused it?
SELECT start_dt, cause FROM outages ORDER BY cust_cnt DESC LIMIT 1;

-- Which substations take power from the plant Ternmouth B, and how much?
SELECT substns.substn_nm, plant_substns.feed_mw FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id JOIN plants ON plant_substns.plant_id = plants.plant_id WHERE plants.plant_nm = 'Ternmouth B';

-- Find the substation fed by the most plants.
SELECT substns.substn_nm FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id GROUP BY substns.substn_id ORDER BY COUNT(*) DESC LIMIT 1;

-- Give the average and the maximum load read at each substation.
SELECT substns.substn_nm, AVG(rdgs.load_mw), MAX(rdgs.load_mw) FROM substns JOIN rdgs ON substns.substn_id = rdgs.substn_id GROUP BY substns.substn_id;

-- List the names and loads of the substations read on 2023-10-15, highest load first.
SELECT substns.substn_nm, rdgs.load_mw FROM substns JOIN rdgs ON substns.substn_id = rdgs.substn_id WHERE rdgs.rdg_dt = '2023-10-15' ORDER BY rdgs.load_mw DESC;

-- Which operators have no plant?
SELECT opr_nm FROM oprs WHERE opr_id NOT IN (SELECT opr_id FROM plants);

-- Which lines have never had an outage?
SELECT line_cd FROM lines WHERE line_id NOT IN (SELECT line_id FROM outages);

-- Codes of the lines that were never out of service?
SELECT line_cd FROM lines WHERE line_id NOT IN (SELECT line_id FROM outages);

-- Is some substation not fed by any plant? Which ones?
SELECT substn_nm FROM substns WHERE substn_id NOT IN (SELECT substn_id FROM plant_substns);

-- For which substations do we have no reading?
SELECT substn_nm FROM substns WHERE substn_id NOT IN (SELECT substn_id FROM rdgs);

-- Which plants are bigger than the average plant?
SELECT plant_nm FROM plants WHERE cap_mw > (SELECT AVG(cap_mw) FROM plants);

-- List outages, by date and duration, that lasted longer than every storm outage.
SELECT start_dt, dur_hr FROM outages WHERE dur_hr > (SELECT MAX(dur_hr) FROM outages WHERE cause = 'storm');

-- Name the districts that have a 400 kV and also a 110 kV substation.
SELECT dist_nm FROM substns WHERE max_kv = 400 INTERSECT SELECT dist_nm FROM substns WHERE max_kv = 110;

-- Which fuels power plants commissioned before 1980 but none commissioned since 1990?
SELECT fuel_typ FROM plants WHERE comm_yr < 1980 EXCEPT SELECT fuel_typ FROM plants WHERE comm_yr >= 1990;

-- Find the plants operated by public operators with a capacity under 100 MW.
SELECT plants.plant_nm FROM plants JOIN oprs ON plants.opr_id = oprs.opr_id WHERE oprs.own_typ = 'public' AND plants.cap_mw < 100;

-- How many plants belong to operators from Ternmouth?
SELECT COUNT(*) FROM plants WHERE opr_id IN (SELECT opr_id FROM oprs WHERE hq_city = 'Ternmouth');

-- Show the causes that led to outages in both 2021 and 2022.
SELECT cause FROM outages WHERE start_dt BETWEEN '2021-01-01' AND '2021-12-31' INTERSECT SELECT cause FROM outages WHERE start_dt BETWEEN '2022-01-01' AND '2022-12-31';

-- Which lines go from one Uplands substation to another Uplands substation?
SELECT lines.line_cd FROM lines JOIN substns AS a ON lines.from_substn_id = a.substn_id JOIN substns AS b ON lines.to_substn_id = b.substn_id WHERE a.dist_nm = 'Uplands' AND b.dist_nm = 'Uplands';

-- Give the line code, the starting substation and the ending substation for lines of 220 kV.
SELECT lines.line_cd, a.substn_nm, b.substn_nm FROM lines JOIN substns AS a ON lines.from_substn_id = a.substn_id JOIN substns AS b ON lines.to_substn_id = b.substn_id WHERE lines.volt_kv = 220;

-- Which operator's lines had the greatest total outage duration?
SELECT oprs.opr_nm FROM oprs JOIN lines ON oprs.opr_id = lines.opr_id JOIN outages ON lines.line_id = outages.line_id GROUP BY oprs.opr_id ORDER BY SUM(outages.dur_hr) DESC LIMIT 1;

-- For each operator whose lines had at least three outages, list the name, the number of outages and the customers hit in total.
SELECT oprs.opr_nm, COUNT(*), SUM(outages.cust_cnt) FROM oprs JOIN lines ON oprs.opr_id = lines.opr_id JOIN outages ON lines.line_id = outages.line_id GROUP BY oprs.opr_id HAVING COUNT(*) >= 3;

-- In which district is the most wind power fed in?
SELECT substns.dist_nm FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id JOIN plants ON plant_substns.plant_id = plants.plant_id WHERE plants.fuel_typ = 'wind' GROUP BY substns.dist_nm ORDER BY SUM(plant_substns.feed_mw) DESC LIMIT 1;

-- Which substations are fed by a coal plant but by no hydro plant?
SELECT substns.substn_nm FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id JOIN plants ON plant_substns.plant_id = plants.plant_id WHERE plants.fuel_typ = 'coal' EXCEPT SELECT substns.substn_nm FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id JOIN plants ON plant_substns.plant_id = plants.plant_id WHERE plants.fuel_typ = 'hydro';

-- Who runs both plants and lines? Give the operator names.
SELECT oprs.opr_nm FROM oprs JOIN plants ON oprs.opr_id = plants.opr_id INTERSECT SELECT oprs.opr_nm FROM oprs JOIN lines ON oprs.opr_id = lines.opr_id;

-- What different substations of the Tern Coast district receive power from a plant larger than 200 MW?
SELECT DISTINCT substns.substn_nm FROM substns JOIN plant_substns ON substns.substn_id = plant_substns.substn_id JOIN plants ON plant_substns.plant_id = plants.plant_id WHERE substns.dist_nm = 'Tern Coast' AND plants.cap_mw > 200;

-- In which districts is the average load above the average load of all readings?
SELECT substns.dist_nm FROM substns JOIN rdgs ON substns.substn_id = rdgs.substn_id GROUP BY substns.dist_nm HAVING AVG(rdgs.load_mw) > (SELECT AVG(rdgs.load_mw) FROM rdgs);
