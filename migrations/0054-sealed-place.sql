-- Where the pass over texts of before stands (retention/seal.h): through already, on a site that begins with this release.
INSERT INTO setting (name, value) SELECT 'sealed.place', '20 0 ' WHERE NOT EXISTS (SELECT 1 FROM ledger_event);
