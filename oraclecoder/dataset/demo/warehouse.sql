-- A wholesale company for workshop supplies: its warehouses, suppliers and products, what is in stock where, and the shipments sent to customers.
CREATE TABLE supplier (
  supp_id INTEGER PRIMARY KEY,
  supp_name TEXT NOT NULL,
  country TEXT NOT NULL,
  lead_days INTEGER NOT NULL,
  rating REAL
);

CREATE TABLE product (
  prod_id INTEGER PRIMARY KEY,
  prod_name TEXT NOT NULL,
  categ TEXT NOT NULL,
  unit_price DECIMAL(8,2) NOT NULL,
  wt_kg REAL,
  supp_id INTEGER NOT NULL,
  disc_flag TEXT NOT NULL,
  FOREIGN KEY (supp_id) REFERENCES supplier(supp_id)
);

CREATE TABLE warehouse (
  wh_id INTEGER PRIMARY KEY,
  wh_name TEXT NOT NULL,
  city TEXT NOT NULL,
  area_sqm INTEGER NOT NULL,
  mgr_name TEXT
);

CREATE TABLE stock_level (
  wh_id INTEGER NOT NULL,
  prod_id INTEGER NOT NULL,
  qty_on_hand INTEGER NOT NULL,
  reorder_qty INTEGER NOT NULL,
  last_cnt_dt DATE,
  PRIMARY KEY (wh_id, prod_id),
  FOREIGN KEY (wh_id) REFERENCES warehouse(wh_id),
  FOREIGN KEY (prod_id) REFERENCES product(prod_id)
);

CREATE TABLE shipment (
  shp_id INTEGER PRIMARY KEY,
  wh_id INTEGER NOT NULL,
  dest_city TEXT NOT NULL,
  carrier TEXT NOT NULL,
  ship_dt DATE NOT NULL,
  deliv_dt DATE,
  freight_amt DECIMAL(8,2) NOT NULL,
  FOREIGN KEY (wh_id) REFERENCES warehouse(wh_id)
);

CREATE TABLE shipment_line (
  shp_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  prod_id INTEGER NOT NULL,
  qty INTEGER NOT NULL,
  disc_pct REAL,
  PRIMARY KEY (shp_id, line_no),
  FOREIGN KEY (shp_id) REFERENCES shipment(shp_id),
  FOREIGN KEY (prod_id) REFERENCES product(prod_id)
);

INSERT INTO supplier VALUES
(1, 'Norrland Tools', 'Sweden', 12, 4.6),
(2, 'Castell Fasteners', 'Spain', 9, 4.1),
(3, 'Brightline Abrasives', 'Ireland', 7, 3.8),
(4, 'Ostrava Steelworks', 'Czechia', 21, 4.4),
(5, 'Hansen & Juhl', 'Denmark', 5, 4.9),
(6, 'Vela Adhesives', 'Spain', 10, 3.5),
(7, 'Marlowe Safety', 'Ireland', 6, NULL),
(8, 'Kettle Bay Paints', 'Ireland', 14, NULL);

INSERT INTO product VALUES
(1, 'claw hammer', 'hand tools', 18.90, 0.75, 1, 'N'),
(2, 'ratchet set', 'hand tools', 64.50, 2.40, 1, 'N'),
(3, 'wood chisel', 'hand tools', 14.20, 0.30, 1, 'N'),
(4, 'hex bolt M8 box', 'fasteners', 9.80, 1.20, 2, 'N'),
(5, 'drywall screw box', 'fasteners', 7.40, 1.05, 2, 'N'),
(6, 'wing nut bag', 'fasteners', 3.60, 0.40, 2, 'Y'),
(7, 'sanding disc pack', 'abrasives', 11.50, 0.35, 3, 'N'),
(8, 'grinding wheel', 'abrasives', 16.75, 0.90, 3, 'N'),
(9, 'steel angle bar', 'metal stock', 27.30, 8.60, 4, 'N'),
(10, 'steel plate', 'metal stock', 88.00, 23.50, 4, 'N'),
(11, 'cordless drill', 'power tools', 139.00, 1.85, 5, 'N'),
(12, 'jigsaw', 'power tools', 112.50, 2.30, 5, 'N'),
(13, 'heat gun', 'power tools', 58.00, 0.95, 5, 'Y'),
(14, 'wood glue', 'adhesives', 6.90, 0.55, 6, 'N'),
(15, 'epoxy kit', 'adhesives', 22.40, 0.45, 6, 'N'),
(16, 'safety goggles', 'protection', 8.30, NULL, 7, 'N'),
(17, 'work gloves', 'protection', 5.20, NULL, 7, 'N'),
(18, 'ear defenders', 'protection', 19.90, 0.28, 7, 'Y');

INSERT INTO warehouse VALUES
(1, 'Dockside', 'Cork', 5200, 'Niamh Corrigan'),
(2, 'Canal Yard', 'Dublin', 8100, 'Peter Abara'),
(3, 'North Depot', 'Belfast', 3900, 'Ruth McAllister'),
(4, 'Airport Hub', 'Dublin', 2600, NULL),
(5, 'West Store', 'Galway', 1800, 'Colm Darcy'),
(6, 'Harbour Annex', 'Cork', 900, NULL),
(7, 'Quarry Road', 'Limerick', 2200, 'Asta Jonaitis'),
(8, 'Old Mill', 'Sligo', 750, NULL);

INSERT INTO stock_level VALUES
(1, 1, 140, 50, '2024-01-15'), (1, 4, 620, 200, '2024-01-15'), (1, 7, 85, 100, '2024-01-16'), (1, 9, 44, 30, '2024-01-16'),
(1, 14, 210, 80, '2024-02-02'), (1, 16, 300, 120, NULL), (2, 1, 95, 60, '2024-01-22'), (2, 2, 38, 25, '2024-01-22'),
(2, 3, 120, 40, '2024-01-22'), (2, 5, 780, 300, '2024-01-23'), (2, 8, 66, 70, '2024-01-23'), (2, 10, 12, 15, '2024-01-24'),
(2, 11, 54, 20, '2024-01-24'), (2, 12, 31, 20, '2024-01-24'), (2, 17, 450, 200, '2024-01-25'), (3, 2, 17, 20, '2023-12-11'),
(3, 4, 310, 150, '2023-12-11'), (3, 9, 75, 40, '2023-12-12'), (3, 11, 22, 20, '2023-12-12'), (3, 15, 48, 30, NULL),
(3, 17, 190, 100, '2023-12-13'), (4, 11, 40, 15, '2024-02-10'), (4, 12, 9, 15, '2024-02-10'), (4, 13, 6, 0, '2024-02-10'),
(4, 16, 85, 50, NULL), (5, 1, 30, 30, '2023-11-20'), (5, 5, 260, 100, '2023-11-20'), (5, 14, 72, 40, '2023-11-21'),
(5, 17, 110, 60, '2023-11-21'), (6, 6, 540, 0, '2023-09-05'), (6, 13, 14, 0, '2023-09-05'), (7, 3, 58, 25, '2024-01-08'),
(7, 1, 35, 20, '2024-01-08'), (7, 7, 130, 60, '2024-01-08'), (7, 10, 19, 10, '2024-01-09'), (7, 15, 27, 30, '2024-01-09');

INSERT INTO shipment VALUES
(1, 1, 'Waterford', 'Greenline Freight', '2024-01-04', '2024-01-06', 86.00),
(2, 1, 'Kilkenny', 'Greenline Freight', '2024-01-09', '2024-01-10', 74.50),
(3, 2, 'Drogheda', 'Pallet Runner', '2024-01-11', '2024-01-12', 55.00),
(4, 2, 'Athlone', 'Swift & Sons', '2024-01-15', '2024-01-17', 98.00),
(5, 2, 'Waterford', 'Pallet Runner', '2024-01-18', '2024-01-21', 132.00),
(6, 3, 'Derry', 'Swift & Sons', '2024-01-19', '2024-01-20', 61.00),
(7, 3, 'Newry', 'Greenline Freight', '2024-01-23', '2024-01-24', 48.50),
(8, 4, 'Drogheda', 'AirBridge Cargo', '2024-01-25', '2024-01-25', 145.00),
(9, 2, 'Athlone', 'Pallet Runner', '2024-01-29', '2024-01-31', 91.00),
(10, 5, 'Westport', 'Swift & Sons', '2024-02-01', '2024-02-02', 42.00),
(11, 1, 'Tralee', 'Pallet Runner', '2024-02-05', '2024-02-08', 110.00),
(12, 7, 'Ennis', 'Greenline Freight', '2024-02-06', '2024-02-07', 38.00),
(13, 2, 'Newry', 'Swift & Sons', '2024-02-09', '2024-02-11', 104.50),
(14, 4, 'Derry', 'AirBridge Cargo', '2024-02-13', '2024-02-13', 172.00),
(15, 3, 'Derry', 'Greenline Freight', '2024-02-15', NULL, 66.00),
(16, 1, 'Waterford', 'Pallet Runner', '2024-02-16', NULL, 89.50),
(17, 2, 'Drogheda', 'Pallet Runner', '2024-02-19', NULL, 57.00);

INSERT INTO shipment_line VALUES
(1, 1, 1, 24, 5), (1, 2, 4, 60, NULL), (1, 3, 14, 30, NULL), (2, 1, 9, 12, NULL),
(2, 2, 16, 40, 2.5), (3, 1, 5, 100, 5), (3, 2, 17, 80, NULL), (4, 1, 11, 6, NULL),
(4, 2, 12, 4, NULL), (4, 3, 2, 5, 10), (5, 1, 10, 8, NULL), (5, 2, 1, 20, NULL),
(5, 3, 8, 25, 2.5), (6, 1, 4, 90, 5), (6, 2, 15, 18, NULL), (7, 1, 17, 60, NULL),
(7, 2, 11, 3, NULL), (8, 1, 11, 10, 7.5), (8, 2, 13, 4, 20), (9, 1, 3, 36, NULL),
(9, 2, 5, 120, 5), (10, 1, 14, 24, NULL), (10, 2, 1, 10, NULL), (11, 1, 7, 50, NULL),
(11, 2, 4, 80, 2.5), (12, 1, 10, 6, NULL), (12, 2, 15, 12, NULL), (13, 1, 2, 8, NULL),
(13, 2, 17, 100, 5), (13, 3, 12, 5, NULL), (14, 1, 11, 12, 7.5), (14, 2, 12, 6, NULL),
(15, 1, 9, 20, NULL), (15, 2, 2, 4, NULL), (16, 1, 16, 75, 5), (17, 1, 8, 15, NULL),
(17, 2, 11, 5, NULL), (17, 3, 3, 18, NULL);
