-- How many patients live in Alder Bay?
SELECT COUNT(*) FROM patient WHERE town = 'Alder Bay';

-- What are the names and prices of all medicines whose form is tablet?
SELECT name, price FROM medicine WHERE form = 'tablet';

-- Give me the name and then the price of every tablet.
SELECT name, price FROM medicine WHERE form = 'tablet';

-- List the different towns our patients come from.
SELECT DISTINCT town FROM patient;

-- Which medicines have a stock of 0?
SELECT name FROM medicine WHERE stock = 0;

-- Show the first and last names of patients without an insurer.
SELECT first_name, last_name FROM patient WHERE insurer IS NULL;

-- Who is not insured? First name and last name please.
SELECT first_name, last_name FROM patient WHERE insurer IS NULL;

-- Count the appointments that were missed.
SELECT COUNT(*) FROM appointment WHERE status = 'missed';

-- What is the average salary of our doctors?
SELECT AVG(salary) FROM doctor;

-- In which room does the doctor with last name Virtanen work?
SELECT room FROM doctor WHERE last_name = 'Virtanen';

-- How many different makers produce the medicines?
SELECT COUNT(DISTINCT maker) FROM medicine;

-- What is the highest base fee among the specialties?
SELECT MAX(base_fee) FROM specialty;

-- List the visit date of each appointment made for chest pain.
SELECT visit_date FROM appointment WHERE reason = 'chest pain';

-- Tell me which specialties are found on floor 3.
SELECT name FROM specialty WHERE floor = 3;

-- How many minutes were spent in total on appointments with status done?
SELECT SUM(minutes) FROM appointment WHERE status = 'done';

-- Find the first names of the patients born after 2010-01-01.
SELECT first_name FROM patient WHERE birth_date > '2010-01-01';

-- How many doctors were hired before 2015-01-01?
SELECT COUNT(*) FROM doctor WHERE hired_on < '2015-01-01';

-- Which medicine names begin with the letter A?
SELECT name FROM medicine WHERE name LIKE 'A%';

-- On what date was Helga Brandt hired?
SELECT hired_on FROM doctor WHERE first_name = 'Helga' AND last_name = 'Brandt';

-- How long are the shortest and the longest appointments, in minutes?
SELECT MIN(minutes), MAX(minutes) FROM appointment;

-- Show the distinct notes that appear on prescriptions, leaving out missing ones.
SELECT DISTINCT note FROM prescription WHERE note IS NOT NULL;

-- How many prescriptions carry the note "after meals"?
SELECT COUNT(*) FROM prescription WHERE note = 'after meals';

-- Return the first name, last name and town of all patients insured by Blue Shore.
SELECT first_name, last_name, town FROM patient WHERE insurer = 'Blue Shore';

-- What medicines cost between 5 and 10?
SELECT name FROM medicine WHERE price BETWEEN 5 AND 10;

-- How many appointments took place in March 2024?
SELECT COUNT(*) FROM appointment WHERE visit_date BETWEEN '2024-03-01' AND '2024-03-31';

-- Give the number of appointments dated in March 2024.
SELECT COUNT(*) FROM appointment WHERE visit_date BETWEEN '2024-03-01' AND '2024-03-31';

-- List all medicine names in alphabetical order.
SELECT name FROM medicine ORDER BY name ASC;

-- How many patients come from each town?
SELECT town, COUNT(*) FROM patient GROUP BY town;

-- For each town, give the town and its number of patients.
SELECT town, COUNT(*) FROM patient GROUP BY town;

-- Which town has the most patients?
SELECT town FROM patient GROUP BY town ORDER BY COUNT(*) DESC LIMIT 1;

-- What are the first and last name of the oldest patient?
SELECT first_name, last_name FROM patient ORDER BY birth_date ASC LIMIT 1;

-- Who is the best paid doctor? Give the first name, last name and salary.
SELECT first_name, last_name, salary FROM doctor ORDER BY salary DESC LIMIT 1;

-- Show the last name of every doctor together with the name of their specialty.
SELECT doctor.last_name, specialty.name FROM doctor JOIN specialty ON doctor.specialty_id = specialty.id;

-- What are the first and last names of the doctors who work in Cardiology?
SELECT doctor.first_name, doctor.last_name FROM doctor JOIN specialty ON doctor.specialty_id = specialty.id WHERE specialty.name = 'Cardiology';

-- Name our Cardiology doctors, first name and last name.
SELECT doctor.first_name, doctor.last_name FROM doctor JOIN specialty ON doctor.specialty_id = specialty.id WHERE specialty.name = 'Cardiology';

-- For every status, how many appointments are there and how many minutes do they take on average?
SELECT status, COUNT(*), AVG(minutes) FROM appointment GROUP BY status;

-- List the reasons given for at least three appointments.
SELECT reason FROM appointment GROUP BY reason HAVING COUNT(*) >= 3;

-- What is the average price of the medicines of each form?
SELECT form, AVG(price) FROM medicine GROUP BY form;

-- Show the three medicines with the largest stock, largest first.
SELECT name FROM medicine ORDER BY stock DESC LIMIT 3;

-- On which dates did patient Kwame Asante have an appointment?
SELECT appointment.visit_date FROM appointment JOIN patient ON appointment.patient_id = patient.id WHERE patient.first_name = 'Kwame' AND patient.last_name = 'Asante';

-- How many appointments did Dr. Zielinski have?
SELECT COUNT(*) FROM appointment JOIN doctor ON appointment.doctor_id = doctor.id WHERE doctor.last_name = 'Zielinski';

-- Count the appointments of the doctor whose last name is Zielinski.
SELECT COUNT(*) FROM appointment JOIN doctor ON appointment.doctor_id = doctor.id WHERE doctor.last_name = 'Zielinski';

-- For each doctor who has had appointments, show the last name and how many there were.
SELECT doctor.last_name, COUNT(*) FROM doctor JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY doctor.id;

-- Which doctors have three or more appointments? Give their last names.
SELECT doctor.last_name FROM doctor JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY doctor.id HAVING COUNT(*) >= 3;

-- What is the total fee earned from Alder Bay patients?
SELECT SUM(appointment.fee) FROM appointment JOIN patient ON appointment.patient_id = patient.id WHERE patient.town = 'Alder Bay';

-- Show the names of specialties and their number of doctors, for specialties that have any doctors.
SELECT specialty.name, COUNT(*) FROM specialty JOIN doctor ON specialty.id = doctor.specialty_id GROUP BY specialty.id;

-- Which medicine is prescribed most often?
SELECT medicine.name FROM medicine JOIN prescription ON medicine.id = prescription.medicine_id GROUP BY medicine.id ORDER BY COUNT(*) DESC LIMIT 1;

-- What is the name of the medicine that appears on the most prescriptions?
SELECT medicine.name FROM medicine JOIN prescription ON medicine.id = prescription.medicine_id GROUP BY medicine.id ORDER BY COUNT(*) DESC LIMIT 1;

-- Give the first and last name of the patients whose family doctor is Amina Diallo.
SELECT patient.first_name, patient.last_name FROM patient JOIN doctor ON patient.family_doctor_id = doctor.id WHERE doctor.first_name = 'Amina' AND doctor.last_name = 'Diallo';

-- List the makers with more than two medicines, and how many medicines each of them has.
SELECT maker, COUNT(*) FROM medicine WHERE maker IS NOT NULL GROUP BY maker HAVING COUNT(*) > 2;

-- Find the last name and salary of doctors earning more than 6500, ordered by salary.
SELECT last_name, salary FROM doctor WHERE salary > 6500 ORDER BY salary ASC;

-- What are the minimum, average and maximum fee of appointments for high blood pressure?
SELECT MIN(fee), AVG(fee), MAX(fee) FROM appointment WHERE reason = 'high blood pressure';

-- Which rooms are shared by more than one doctor?
SELECT room FROM doctor GROUP BY room HAVING COUNT(*) > 1;

-- Show the names of the medicines made by Orbis or sold as a syrup.
SELECT name FROM medicine WHERE maker = 'Orbis' OR form = 'syrup';

-- Show the visit date and the reason of the appointments lasting 50 minutes, earliest first.
SELECT visit_date, reason FROM appointment WHERE minutes = 50 ORDER BY visit_date ASC;

-- Which different medicines were prescribed for more than 30 days?
SELECT DISTINCT medicine.name FROM medicine JOIN prescription ON medicine.id = prescription.medicine_id WHERE prescription.days > 30;

-- Show each doctor's last name next to the last name of the doctor who supervises them.
SELECT doctor.last_name, boss.last_name FROM doctor JOIN doctor AS boss ON doctor.supervisor_id = boss.id;

-- For each insurer, leaving out patients without one, how many appointments did its patients make?
SELECT patient.insurer, COUNT(*) FROM patient JOIN appointment ON patient.id = appointment.patient_id WHERE patient.insurer IS NOT NULL GROUP BY patient.insurer;

-- How many female patients (sex F) are there per insurer? Skip the uninsured.
SELECT insurer, COUNT(*) FROM patient WHERE sex = 'F' AND insurer IS NOT NULL GROUP BY insurer;

-- Which patients have never had an appointment? Show first and last name.
SELECT first_name, last_name FROM patient WHERE id NOT IN (SELECT patient_id FROM appointment);

-- Find the first and last names of people registered as patients who do not appear in any appointment.
SELECT first_name, last_name FROM patient WHERE id NOT IN (SELECT patient_id FROM appointment);

-- Name the medicines that have never been prescribed.
SELECT name FROM medicine WHERE id NOT IN (SELECT medicine_id FROM prescription);

-- Which specialty has no doctor?
SELECT name FROM specialty WHERE id NOT IN (SELECT specialty_id FROM doctor);

-- Give the last names of the doctors who earn more than the average salary.
SELECT last_name FROM doctor WHERE salary > (SELECT AVG(salary) FROM doctor);

-- Whose pay is above the average doctor's salary? Last names only.
SELECT last_name FROM doctor WHERE salary > (SELECT AVG(salary) FROM doctor);

-- How many medicines are cheaper than the average medicine price?
SELECT COUNT(*) FROM medicine WHERE price < (SELECT AVG(price) FROM medicine);

-- Which towns have patients insured by MediSure as well as patients insured by Unity Care?
SELECT town FROM patient WHERE insurer = 'MediSure' INTERSECT SELECT town FROM patient WHERE insurer = 'Unity Care';

-- List the towns that have MediSure patients but no Blue Shore patients.
SELECT town FROM patient WHERE insurer = 'MediSure' EXCEPT SELECT town FROM patient WHERE insurer = 'Blue Shore';

-- What are the last names of doctors who do not supervise anybody and were hired after 2018-01-01?
SELECT last_name FROM doctor WHERE id NOT IN (SELECT supervisor_id FROM doctor WHERE supervisor_id IS NOT NULL) AND hired_on > '2018-01-01';

-- Show the names of the medicines that cost more than every syrup.
SELECT name FROM medicine WHERE price > (SELECT MAX(price) FROM medicine WHERE form = 'syrup');

-- Find the different reasons of appointments made with doctors of specialties on floor 3.
SELECT DISTINCT appointment.reason FROM appointment JOIN doctor ON appointment.doctor_id = doctor.id JOIN specialty ON doctor.specialty_id = specialty.id WHERE specialty.floor = 3;

-- List the last names of the doctors hired before 2010-01-01 together with those of the doctors whose salary is at least 7400.
SELECT last_name FROM doctor WHERE hired_on < '2010-01-01' UNION SELECT last_name FROM doctor WHERE salary >= 7400;

-- How many patients have an appointment that was either missed or cancelled?
SELECT COUNT(*) FROM patient WHERE id IN (SELECT patient_id FROM appointment WHERE status = 'missed' OR status = 'cancelled');

-- Which doctors, by first and last name, are the family doctor of some patient yet have no appointments at all?
SELECT first_name, last_name FROM doctor WHERE id IN (SELECT family_doctor_id FROM patient) AND id NOT IN (SELECT doctor_id FROM appointment);

-- Show the first and last names of patients from Millbrook who were born before 1990-01-01 and have had an appointment with a fee over 70.
SELECT first_name, last_name FROM patient WHERE town = 'Millbrook' AND birth_date < '1990-01-01' AND id IN (SELECT patient_id FROM appointment WHERE fee > 70);

-- Which medicine has been prescribed to the largest number of different patients? Show its name and that number.
SELECT medicine.name, COUNT(DISTINCT appointment.patient_id) FROM medicine JOIN prescription ON medicine.id = prescription.medicine_id JOIN appointment ON prescription.appointment_id = appointment.id GROUP BY medicine.id ORDER BY COUNT(DISTINCT appointment.patient_id) DESC LIMIT 1;

-- What specialty has earned the most in appointment fees?
SELECT specialty.name FROM specialty JOIN doctor ON specialty.id = doctor.specialty_id JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY specialty.id ORDER BY SUM(appointment.fee) DESC LIMIT 1;

-- Tell me the name of the specialty whose appointments brought in the highest total fee.
SELECT specialty.name FROM specialty JOIN doctor ON specialty.id = doctor.specialty_id JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY specialty.id ORDER BY SUM(appointment.fee) DESC LIMIT 1;

-- For each specialty with more than two appointments, show its name and the average length of the appointments in minutes, longest first.
SELECT specialty.name, AVG(appointment.minutes) FROM specialty JOIN doctor ON specialty.id = doctor.specialty_id JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY specialty.id HAVING COUNT(*) > 2 ORDER BY AVG(appointment.minutes) DESC;

-- Which doctor has written the most prescriptions? Return the first and last name.
SELECT doctor.first_name, doctor.last_name FROM doctor JOIN appointment ON doctor.id = appointment.doctor_id JOIN prescription ON appointment.id = prescription.appointment_id GROUP BY doctor.id ORDER BY COUNT(*) DESC LIMIT 1;

-- List the first and last names of patients who were prescribed both Cardiolex and Pressamin.
SELECT patient.first_name, patient.last_name FROM patient JOIN appointment ON patient.id = appointment.patient_id JOIN prescription ON appointment.id = prescription.appointment_id JOIN medicine ON prescription.medicine_id = medicine.id WHERE medicine.name = 'Cardiolex' INTERSECT SELECT patient.first_name, patient.last_name FROM patient JOIN appointment ON patient.id = appointment.patient_id JOIN prescription ON appointment.id = prescription.appointment_id JOIN medicine ON prescription.medicine_id = medicine.id WHERE medicine.name = 'Pressamin';

-- Which patients were given Pressamin but not Cardiolex? First and last names.
SELECT patient.first_name, patient.last_name FROM patient JOIN appointment ON patient.id = appointment.patient_id JOIN prescription ON appointment.id = prescription.appointment_id JOIN medicine ON prescription.medicine_id = medicine.id WHERE medicine.name = 'Pressamin' EXCEPT SELECT patient.first_name, patient.last_name FROM patient JOIN appointment ON patient.id = appointment.patient_id JOIN prescription ON appointment.id = prescription.appointment_id JOIN medicine ON prescription.medicine_id = medicine.id WHERE medicine.name = 'Cardiolex';

-- For appointments in 2024 with status done, which two towns paid the highest total fees? Show town and total, highest first.
SELECT patient.town, SUM(appointment.fee) FROM patient JOIN appointment ON patient.id = appointment.patient_id WHERE appointment.status = 'done' AND appointment.visit_date BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY patient.town ORDER BY SUM(appointment.fee) DESC LIMIT 2;

-- Among the makers of prescribed medicines, who has medicines on at least four prescriptions? Give the maker and the number of prescriptions, most first.
SELECT medicine.maker, COUNT(*) FROM medicine JOIN prescription ON medicine.id = prescription.medicine_id GROUP BY medicine.maker HAVING COUNT(*) >= 4 ORDER BY COUNT(*) DESC;

-- Which doctors have an average appointment fee above the average fee of all appointments? Show last name and that doctor's average.
SELECT doctor.last_name, AVG(appointment.fee) FROM doctor JOIN appointment ON doctor.id = appointment.doctor_id GROUP BY doctor.id HAVING AVG(appointment.fee) > (SELECT AVG(appointment.fee) FROM appointment);

-- Show the last names of doctors who have never treated a patient from Alder Bay and have at least one appointment.
SELECT doctor.last_name FROM doctor WHERE doctor.id IN (SELECT appointment.doctor_id FROM appointment) AND doctor.id NOT IN (SELECT appointment.doctor_id FROM appointment JOIN patient ON appointment.patient_id = patient.id WHERE patient.town = 'Alder Bay');

-- How many different patients have seen a Paediatrics doctor?
SELECT COUNT(DISTINCT appointment.patient_id) FROM appointment JOIN doctor ON appointment.doctor_id = doctor.id JOIN specialty ON doctor.specialty_id = specialty.id WHERE specialty.name = 'Paediatrics';
