-- A ledger of version 1, as the first migration left it: one article with three claims.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'factdesk','m001_ledger','2025-01-01 00:00:00+00:00');
CREATE TABLE "articles" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "url" TEXT,
   "final_url" TEXT,
   "title" TEXT,
   "byline" TEXT,
   "published" TEXT,
   "outlet" TEXT,
   "language" TEXT,
   "partial" TEXT,
   "sha256" TEXT NOT NULL,
   "capture" TEXT,
   "text" TEXT NOT NULL,
   "links" TEXT,
   "posts" TEXT,
   "blocks" TEXT,
   "attributions" TEXT,
   "notes" TEXT,
   "first_run" TEXT
);
INSERT INTO "articles" VALUES('7b3aa124fb12b196','https://news.example/inauguration','https://news.example/inauguration','Putin congratulates Trump','A. Writer','2025-01-20','news_example','en',NULL,'abababababababababababababababababababababababababababababababab',NULL,'Putin said Russia sought a long-term peace.
Waltz told ABC News that the preparations are underway.
The plan offers Ukraine a twenty-year wait.
','[{"span":[0,43],"href":"https://wsj.example/putin"}]','[{"handle":"RT_com","text":"Putin congratulates","span":[0,43],"date":"2025-01-20","url":null}]','[{"kind":"paragraph","span":[0,43]},{"kind":"paragraph","span":[44,99]},{"kind":"paragraph","span":[100,143]}]','[{"speaker":"Putin","cue":"said","mode":"indirect","source_spans":[[0,43]],"cue_spans":[],"content_spans":[[0,43]],"negated":false,"anonymous":false,"outlet":null},{"speaker":"Waltz","cue":"said","mode":"indirect","source_spans":[[44,99]],"cue_spans":[],"content_spans":[[44,99]],"negated":false,"anonymous":false,"outlet":null}]','[]','run-1');
CREATE TABLE "captures" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "url" TEXT NOT NULL,
   "final_url" TEXT NOT NULL,
   "status" INTEGER NOT NULL,
   "fetched_at" TEXT NOT NULL,
   "via" TEXT NOT NULL,
   "sha256" TEXT NOT NULL,
   "headers" TEXT,
   "warc" TEXT,
   "offset" INTEGER,
   "tool" TEXT
);
INSERT INTO "captures" VALUES('bbd071bc0f2a7996','https://wsj.example/putin','https://wsj.example/putin?x=1',200,'2025-01-21T07:59:00+00:00','replay','df6f99cb5f0b085ddf6f99cb5f0b085ddf6f99cb5f0b085ddf6f99cb5f0b085d','[["content-type","text/html"],["set-cookie","a"]]','sources.warc.gz',1234,'factdesk 0.1.0');
INSERT INTO "captures" VALUES('df83856d576b06a4','https://abc.example/putin','https://abc.example/putin?x=1',200,'2025-01-21T07:59:00+00:00','replay','ba7816bf8f01cfeaba7816bf8f01cfeaba7816bf8f01cfeaba7816bf8f01cfea','[["content-type","text/html"],["set-cookie","a"]]','sources.warc.gz',1234,'factdesk 0.1.0');
INSERT INTO "captures" VALUES('f7e665b3265062b8','https://reuters.example/putin','https://reuters.example/putin?x=1',200,'2025-01-21T07:59:00+00:00','replay','234330834c41105a234330834c41105a234330834c41105a234330834c41105a','[["content-type","text/html"],["set-cookie","a"]]','sources.warc.gz',1234,'factdesk 0.1.0');
CREATE TABLE "citations" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "claim" TEXT NOT NULL REFERENCES "claims"("id"),
   "source" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "text" TEXT,
   "span" TEXT,
   "outlet" TEXT,
   "url" TEXT,
   "handle" TEXT,
   "date" TEXT,
   "position" INTEGER,
   "superseded_in" TEXT REFERENCES "runs"("id")
);
INSERT INTO "citations" VALUES('740fb4c2a072db9f','4f5c49f0aa64fec7','6e9d3a162dd8c465','outlet','via wsj','[0,43]','wsj',NULL,NULL,NULL,0,NULL);
INSERT INTO "citations" VALUES('aa8520709e2e9c04','156afba92e1eb527','2b0e37ac0ef8ac1b','outlet','via abc','[44,99]','abc',NULL,NULL,NULL,0,NULL);
INSERT INTO "citations" VALUES('feaf4ce1d60c8454','24c809153728959b','3654e9480af7a4d3','outlet','via reuters','[100,143]','reuters',NULL,NULL,NULL,0,NULL);
CREATE TABLE "claims" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "no" INTEGER NOT NULL,
   "article" TEXT NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "statement" TEXT NOT NULL,
   "text" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "speaker" TEXT,
   "outlets" TEXT,
   "checkable" INTEGER NOT NULL,
   "checkworthiness" REAL,
   "reasons" TEXT,
   "spans" TEXT NOT NULL,
   "attribution" TEXT,
   "first_run" TEXT REFERENCES "runs"("id"),
   "superseded_in" TEXT REFERENCES "runs"("id"),
   "last_run" TEXT REFERENCES "runs"("id")
);
INSERT INTO "claims" VALUES('4f5c49f0aa64fec7',1,'7b3aa124fb12b196',0,'Putin said Russia sought a long-term peace (20 January 2025).','Putin said Russia sought a long-term peace.','statement','Putin','["wsj"]',1,0.7,'["a fact that can be checked"]','[[0,43]]','{"speaker":"Putin","cue":"said","mode":"indirect","source_spans":[[0,43]],"cue_spans":[],"content_spans":[[0,43]],"negated":false,"anonymous":false,"outlet":null}','run-1',NULL,'run-1');
INSERT INTO "claims" VALUES('156afba92e1eb527',2,'7b3aa124fb12b196',44,'Waltz told ABC News that the preparations are underway (20 January 2025).','Waltz told ABC News that the preparations are underway.','statement','Waltz','["abc"]',1,0.7,'["a fact that can be checked"]','[[44,99]]','{"speaker":"Waltz","cue":"said","mode":"indirect","source_spans":[[44,99]],"cue_spans":[],"content_spans":[[44,99]],"negated":false,"anonymous":false,"outlet":null}','run-1',NULL,'run-1');
INSERT INTO "claims" VALUES('24c809153728959b',3,'7b3aa124fb12b196',100,'The plan offers Ukraine a twenty-year wait (20 January 2025).','The plan offers Ukraine a twenty-year wait.','statement',NULL,'["reuters"]',1,0.7,'["a fact that can be checked"]','[[100,143]]',NULL,'run-1',NULL,'run-1');
CREATE TABLE "evidence" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "no" INTEGER NOT NULL,
   "verdict" TEXT NOT NULL REFERENCES "verdicts"("id"),
   "position" INTEGER NOT NULL,
   "stance" TEXT NOT NULL,
   "score" REAL NOT NULL,
   "passage" TEXT NOT NULL,
   "url" TEXT,
   "outlet" TEXT,
   "capture" TEXT REFERENCES "captures"("id"),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL
);
INSERT INTO "evidence" VALUES('b65413a3be52a491',1,'acc968ac5abb13b1',0,'supports',0.91,'As wsj reported: Putin said Russia sought a long-term peace. Zürich’s café agreed.','https://wsj.example/putin?x=1','wsj','bbd071bc0f2a7996',10,53);
INSERT INTO "evidence" VALUES('ab1f8aaa6e7db4ad',2,'c5fba3d87790c44a',0,'neutral',0.91,'As abc reported: Waltz told ABC News that the preparations are underway. Zürich’s café agreed.','https://abc.example/putin?x=1','abc','df83856d576b06a4',10,65);
INSERT INTO "evidence" VALUES('0fa7c550fe6156b2',3,'1af5af8fc713bbd9',0,'refutes',0.91,'As reuters reported: The plan offers Ukraine a twenty-year wait. Zürich’s café agreed.','https://reuters.example/putin?x=1','reuters','f7e665b3265062b8',10,53);
CREATE TABLE "log" (
   "seq" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "run" TEXT,
   "action" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "row_id" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "hash" TEXT NOT NULL
);
INSERT INTO "log" VALUES(1,'2025-01-21T08:00:00+00:00','run-1','added','articles','7b3aa124fb12b196','c87b5a139878b3f4b906816f6d12807f6d6b7859f9d6a06e05776f3d840728e1','ea7ec4af649b5c9d9518864aa412be9659c78df821386a90ae12b8bf5bb64a36');
INSERT INTO "log" VALUES(2,'2025-01-21T08:00:00+00:00','run-1','added','runs','run-1','c79d62d8061f2e85e2cca79bbb73fcf4560b9c82ab6e7d6d9d4462fb6403127a','d0daa08091a8e97d8fba3b55a9d13525de8aabf4d9578f4d9a4fe8a0cb68e892');
INSERT INTO "log" VALUES(3,'2025-01-21T08:00:00+00:00','run-1','added','captures','bbd071bc0f2a7996','d7815798945173df2960a65808d06025e36cb706b6e8c7afd140c7a02e780ef1','2bf6ffee28d47de2b3a6ad79850fe42a8c5a71012c6e8746cd757cd08ddb22dc');
INSERT INTO "log" VALUES(4,'2025-01-21T08:00:00+00:00','run-1','added','captures','df83856d576b06a4','fc32314edf4f6a35b059e167f66c1f631c654ab654f7faa6be25ddc015273483','7462f81c553fd36fc935769a1b753a43c68e98f7e0e414014b79578a936ae83a');
INSERT INTO "log" VALUES(5,'2025-01-21T08:00:00+00:00','run-1','added','captures','f7e665b3265062b8','47c97ecebca5aa211026fda714285b9a40ad3c7a280790c13aeca0f16384c0e3','55941f5c7dfcea3729a614f05d04e992498369ed2a65d4b2e630cec694a8e0fe');
INSERT INTO "log" VALUES(6,'2025-01-21T08:00:00+00:00','run-1','added','sources','5845b2aa72868efd','bb0fa9f3f88cb1987e1e55a7c580bc78f0ba27563970d070373978723ff8b8ca','7d5f8b0080a647b2c280e774c66c7f10ec9c64ece8eedb6835c68a6679058bba');
INSERT INTO "log" VALUES(7,'2025-01-21T08:00:00+00:00','run-1','added','sources','273aa75866c36019','478459953513b9da1842880a841709295fe7e74250c24d8730618b0b9aeb99ff','e4812a41e6f9e614ed331019605c328dd9a68c9acfe9a08ce7ff00920ed165b5');
INSERT INTO "log" VALUES(8,'2025-01-21T08:00:00+00:00','run-1','added','sources','fd736ef4ce215775','9c412f328918218e4e08d8e56379bebdde9114530d7e5917ba8530e0974bf4d7','196a1f55a45811f09e424e04c072f0e680307bc0ca66442c7d034dac22e12179');
INSERT INTO "log" VALUES(9,'2025-01-21T08:00:00+00:00','run-1','added','claims','4f5c49f0aa64fec7','84e1abb0de267ac8d2d0078806eca788134fb72437da2e9bc04e719170a360c3','c7d6c1364d180a5cfe1434397f0caaad19bf9dba15eebf1221131adcf87af2b2');
INSERT INTO "log" VALUES(10,'2025-01-21T08:00:00+00:00','run-1','added','claims','156afba92e1eb527','5cd35febe80788e9d486183c5b8038fb12528d7593f51ab8c48b310fcbb8f430','bf9a98e685afaffb2cd44176dc9e2c9edacdf8ab8df6f90d1ceb7295bea843ce');
INSERT INTO "log" VALUES(11,'2025-01-21T08:00:00+00:00','run-1','added','claims','24c809153728959b','ebc8e2cf32ab8976d36a0a5ee20dd6bf1f348b6066e6601e2a93268bb18af2b3','6c14be76fe7fd948a8bac36326ac84327aa295b682a2557ac02933165049912a');
INSERT INTO "log" VALUES(12,'2025-01-21T08:00:00+00:00','run-1','added','citations','740fb4c2a072db9f','b699d4f3ca8eab9550a40c74d5ceaff23f0b146faf128f98baf10be85ad3b416','67b282d03afd98ed7b51dda44af9b2ae09075d1c18ba605d0ffd9ab2fb4cab60');
INSERT INTO "log" VALUES(13,'2025-01-21T08:00:00+00:00','run-1','added','citations','aa8520709e2e9c04','97ba5f83625f719b5fd2b77ac5387d2dc4a0a05018b7d5de9efbd3bfe70d65de','a582b81f7547d47b3025ba58c0ead89351a366411439426ea322430a1116a170');
INSERT INTO "log" VALUES(14,'2025-01-21T08:00:00+00:00','run-1','added','citations','feaf4ce1d60c8454','0f8eb50fa9372cea47422a897a10b281acd9f088d40bb29122e48d5dc7715401','87c52eea483e934a9afca1cb7c227fb56065eb6a8f8fc22f5b620fb94ffca176');
INSERT INTO "log" VALUES(15,'2025-01-21T08:00:00+00:00','run-1','added','verdicts','acc968ac5abb13b1','51714c41abca68cb6e423d85dbe0cbceaab57ecd5ca499c2c6e2c6f62235fbde','c3405a30eb6a8a24f9b3c4dfeaff9df552a63fee32289efe1302cdb55e62d166');
INSERT INTO "log" VALUES(16,'2025-01-21T08:00:00+00:00','run-1','added','verdicts','c5fba3d87790c44a','bd61669dc774a61c154dae7f8e9613e779beee218ce9643a0f255c16e272917d','29738b67fdceaeac1f84007f379b549e598de034d1262507e3e155752865b8a9');
INSERT INTO "log" VALUES(17,'2025-01-21T08:00:00+00:00','run-1','added','verdicts','1af5af8fc713bbd9','a17eece9eb4d1a6d763e14f1a2d975e4afd61ea490388dac9630bd84ff3da8bb','c207756f57548ed45bb3944de604f9acae8cf66af89f0a5b57d815874ee46511');
INSERT INTO "log" VALUES(18,'2025-01-21T08:00:00+00:00','run-1','added','evidence','b65413a3be52a491','cd5dc7f24c2835bb55626eaaadc2fc817bbdec5086b93c8cc91be0b9030f5610','9230c9fa7eb5b486a9ae873920c7b164184cb1625307c0145f35445565d12637');
INSERT INTO "log" VALUES(19,'2025-01-21T08:00:00+00:00','run-1','added','evidence','ab1f8aaa6e7db4ad','8432285766731ef49a244969d8f4c30b8132b1204624b581282b68443a971b8e','a096d5fd67c23ee1d57eb25e91a08eff0bd5085db4ae11035ac94ebeb6486822');
INSERT INTO "log" VALUES(20,'2025-01-21T08:00:00+00:00','run-1','added','evidence','0fa7c550fe6156b2','2e5daf4859d8409621c09d26bad85f78bfcccd2b31b90908d3351c66f4ea5f2f','7b4d412eab73da92e5ae49014dfe6d7f6721c9fc3227d1aecae3acfb36581786');
CREATE TABLE "reviews" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "claim" TEXT NOT NULL REFERENCES "claims"("id"),
   "verdict" TEXT REFERENCES "verdicts"("id"),
   "reviewer" TEXT NOT NULL,
   "decision" TEXT NOT NULL,
   "label" TEXT,
   "note" TEXT,
   "at" TEXT NOT NULL,
   "number" INTEGER NOT NULL
);
CREATE TABLE "runs" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "article" TEXT NOT NULL REFERENCES "articles"("id"),
   "started_at" TEXT NOT NULL,
   "finished_at" TEXT,
   "judge" TEXT NOT NULL,
   "version" TEXT NOT NULL,
   "sha256" TEXT,
   "capture" TEXT,
   "claims" INTEGER,
   "added" TEXT NOT NULL,
   "confirmed" TEXT NOT NULL,
   "sources" TEXT
);
INSERT INTO "runs" VALUES('run-1','7b3aa124fb12b196','2025-01-21T08:00:00+00:00','2025-01-21T08:00:00+00:00','embedded 1','0.1.0','abababababababababababababababababababababababababababababababab',NULL,3,'["acc968ac5abb13b1","c5fba3d87790c44a","1af5af8fc713bbd9"]','[]','["5845b2aa72868efd","273aa75866c36019","fd736ef4ce215775"]');
CREATE TABLE "sources" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "article" TEXT NOT NULL REFERENCES "articles"("id"),
   "source" TEXT NOT NULL,
   "run" TEXT NOT NULL REFERENCES "runs"("id"),
   "previous" TEXT,
   "kind" TEXT NOT NULL,
   "outlet" TEXT,
   "url" TEXT,
   "handle" TEXT,
   "date" TEXT,
   "text" TEXT,
   "span" TEXT,
   "status" TEXT NOT NULL,
   "reason" TEXT,
   "detail" TEXT,
   "capture" TEXT REFERENCES "captures"("id"),
   "candidates" TEXT,
   "claims" TEXT,
   "number" INTEGER NOT NULL
);
INSERT INTO "sources" VALUES('5845b2aa72868efd','7b3aa124fb12b196','6e9d3a162dd8c465','run-1',NULL,'outlet','wsj',NULL,NULL,NULL,'via wsj','[0,43]','captured',NULL,'','bbd071bc0f2a7996','[{"url":"https://wsj.example/putin","score":0.9,"found_by":"link"}]','["4f5c49f0aa64fec7"]',1);
INSERT INTO "sources" VALUES('273aa75866c36019','7b3aa124fb12b196','2b0e37ac0ef8ac1b','run-1',NULL,'outlet','abc',NULL,NULL,NULL,'via abc','[44,99]','captured',NULL,'','df83856d576b06a4','[{"url":"https://abc.example/putin","score":0.9,"found_by":"link"}]','["156afba92e1eb527"]',1);
INSERT INTO "sources" VALUES('fd736ef4ce215775','7b3aa124fb12b196','3654e9480af7a4d3','run-1',NULL,'outlet','reuters',NULL,NULL,NULL,'via reuters','[100,143]','captured',NULL,'','f7e665b3265062b8','[{"url":"https://reuters.example/putin","score":0.9,"found_by":"link"}]','["24c809153728959b"]',1);
CREATE TABLE "verdicts" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "claim" TEXT NOT NULL REFERENCES "claims"("id"),
   "run" TEXT NOT NULL REFERENCES "runs"("id"),
   "previous" TEXT REFERENCES "verdicts"("id"),
   "number" INTEGER NOT NULL,
   "label" TEXT NOT NULL,
   "confidence" REAL NOT NULL,
   "needs_review" INTEGER NOT NULL,
   "basis" TEXT,
   "reason" TEXT,
   "rationale" TEXT,
   "quote_grade" TEXT,
   "quote" TEXT,
   "quantities" TEXT,
   "judge" TEXT NOT NULL,
   "checked_at" TEXT NOT NULL
);
INSERT INTO "verdicts" VALUES('acc968ac5abb13b1','4f5c49f0aa64fec7','run-1',NULL,1,'supported',0.94,0,'cited',NULL,'The source supported.','verbatim','{"quote":"long-term peace","grade":"verbatim","similarity":1.0,"found":"long-term peace","span":[3,9],"capture":null,"diff":[["=","long-term peace"]]}','[]','embedded 1','2025-01-21T08:00:00+00:00');
INSERT INTO "verdicts" VALUES('c5fba3d87790c44a','156afba92e1eb527','run-1',NULL,1,'partly_supported',0.71,1,'cited',NULL,'The source partly supported.',NULL,NULL,'[]','embedded 1','2025-01-21T08:00:00+00:00');
INSERT INTO "verdicts" VALUES('1af5af8fc713bbd9','24c809153728959b','run-1',NULL,1,'contradicted',0.88,0,'cited',NULL,'The source contradicted.',NULL,NULL,'[{"kind":"duration","claimed":"twenty years","found":"ten years","agrees":false,"note":""}]','embedded 1','2025-01-21T08:00:00+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_claims_no"
    ON "claims" ("no");
CREATE INDEX "idx_claims_article_position"
    ON "claims" ("article", "position");
CREATE INDEX "idx_claims_last_run"
    ON "claims" ("last_run");
CREATE INDEX "idx_citations_claim"
    ON "citations" ("claim");
CREATE INDEX "idx_verdicts_label"
    ON "verdicts" ("label");
CREATE UNIQUE INDEX "idx_evidence_no"
    ON "evidence" ("no");
CREATE INDEX "idx_evidence_capture"
    ON "evidence" ("capture");
CREATE INDEX "idx_runs_article_started_at"
    ON "runs" ("article", "started_at");
CREATE UNIQUE INDEX "idx_log_kind_row_id_seq"
    ON "log" ("kind", "row_id", "seq");
CREATE UNIQUE INDEX "idx_sources_article_source_number"
    ON "sources" ("article", "source", "number");
CREATE UNIQUE INDEX "idx_verdicts_claim_number"
    ON "verdicts" ("claim", "number");
CREATE UNIQUE INDEX "idx_reviews_claim_number"
    ON "reviews" ("claim", "number");
CREATE UNIQUE INDEX "idx_evidence_verdict_position"
    ON "evidence" ("verdict", "position");
CREATE TRIGGER captures_no_update BEFORE UPDATE ON captures BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
CREATE TRIGGER captures_no_delete BEFORE DELETE ON captures BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
CREATE TRIGGER captures_no_replace BEFORE INSERT ON captures WHEN EXISTS (SELECT 1 FROM captures WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'captures are only ever added'); END;
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'runs are only ever added'); END;
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'runs are only ever added'); END;
CREATE TRIGGER runs_no_replace BEFORE INSERT ON runs WHEN EXISTS (SELECT 1 FROM runs WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'runs are only ever added'); END;
CREATE TRIGGER sources_no_update BEFORE UPDATE ON sources BEGIN SELECT RAISE(ABORT, 'sources are only ever added'); END;
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources BEGIN SELECT RAISE(ABORT, 'sources are only ever added'); END;
CREATE TRIGGER sources_no_replace BEFORE INSERT ON sources WHEN EXISTS (SELECT 1 FROM sources WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM sources WHERE article = NEW.article AND source = NEW.source AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'sources are only ever added'); END;
CREATE TRIGGER verdicts_no_update BEFORE UPDATE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only ever added'); END;
CREATE TRIGGER verdicts_no_delete BEFORE DELETE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only ever added'); END;
CREATE TRIGGER verdicts_no_replace BEFORE INSERT ON verdicts WHEN EXISTS (SELECT 1 FROM verdicts WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM verdicts WHERE claim = NEW.claim AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'verdicts are only ever added'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence are only ever added'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence are only ever added'); END;
CREATE TRIGGER evidence_no_replace BEFORE INSERT ON evidence WHEN EXISTS (SELECT 1 FROM evidence WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM evidence WHERE verdict = NEW.verdict AND position = NEW.position) BEGIN SELECT RAISE(ABORT, 'evidence are only ever added'); END;
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;
CREATE TRIGGER reviews_no_replace BEFORE INSERT ON reviews WHEN EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM reviews WHERE claim = NEW.claim AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;
CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER log_no_replace BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
COMMIT;
PRAGMA application_id=1178682196;
PRAGMA user_version=1;
