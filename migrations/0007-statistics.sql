-- Figures of table 二 that no record counts yet: typed per unit and year, with where they come from.
CREATE TABLE typed_figure (
	unit_id @int@ NOT NULL REFERENCES unit (id),
	year @int@ NOT NULL,
	form TEXT NOT NULL CHECK (form IN ('2019', '2021')),
	cell TEXT NOT NULL,                   -- art20_1.normative_documents.made_this_year
	hundredths @int@ NOT NULL,            -- counts and 万元, times 100
	source TEXT NOT NULL,
	changed_seq @int@ NOT NULL,
	PRIMARY KEY (year, form, unit_id, cell)
) @strict@;
CREATE INDEX typed_figure_by_unit ON typed_figure (unit_id, year);

CREATE TABLE typed_figure_history (
	unit_id @int@ NOT NULL,
	year @int@ NOT NULL,
	form TEXT NOT NULL,
	cell TEXT NOT NULL,
	hundredths @int@ NOT NULL,
	source TEXT NOT NULL,
	seq_from @int@ NOT NULL,
	seq_to @int@ NOT NULL,
	PRIMARY KEY (year, form, unit_id, cell, seq_to)
) @strict@;
