-- H2 2.4.240; 
;              
CREATE USER IF NOT EXISTS "" PASSWORD '' ADMIN;
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECORD" CHARACTER LARGE OBJECT,
    "DAMAGED" CHARACTER LARGE OBJECT,
    "UPDATED_AT" TIMESTAMP NOT NULL
);     
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_3" PRIMARY KEY("TOOL");           
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT;        
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT" VALUES
('order-desk', 1, '{"v":2,"seq":1,"decision":"granted","scope":"export","notice":"sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317","grantId":"c94f9db250ee5f1318eea8ace6060696","continues":"sha256:e8cc905761d254e8df468f1bf9d1b8b579d7ec113a718a846baa4029ceb76524","asOf":"2026-11-30T09:32:26Z","channel":"command","tool":"order-desk","checksum":"sha256:42a05acbf88b8aa81052af0344fada73983a98aa78a7a7ba07ad6f329c83c59c"}', NULL, TIMESTAMP '2026-11-30 09:32:26.135761');     
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT"(
    "TOOL" CHARACTER VARYING(200) NOT NULL,
    "SEQ" BIGINT NOT NULL,
    "RECEIPT" CHARACTER LARGE OBJECT NOT NULL
);              
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_9" PRIMARY KEY("TOOL", "SEQ");            
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_RECEIPT;
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_RECEIPT" VALUES
('order-desk', 1, '{"v":1,"event":"consent.granted","at":"2026-11-30T09:32:26Z","channel":"command","scope":"export","notice":"sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317","grantId":"c94f9db250ee5f1318eea8ace6060696","continues":"sha256:e8cc905761d254e8df468f1bf9d1b8b579d7ec113a718a846baa4029ceb76524","previous":"none"}');       
CREATE MEMORY TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE"(
    "HASH" CHARACTER VARYING(80) NOT NULL,
    "NOTICE" CHARACTER LARGE OBJECT NOT NULL
);            
ALTER TABLE "PUBLIC"."TELEMETRY_CONSENT_NOTICE" ADD CONSTRAINT "PUBLIC"."CONSTRAINT_D" PRIMARY KEY("HASH");    
-- 1 +/- SELECT COUNT(*) FROM PUBLIC.TELEMETRY_CONSENT_NOTICE; 
INSERT INTO "PUBLIC"."TELEMETRY_CONSENT_NOTICE" VALUES
('sha256:a453be3954f8ca180d60a820affd8210a792235147b33ba5ff99f7241c58b317', '{"deletion":"none","destinations":[{"host":"collector.example.com","port":443,"protocol":"otlp","scheme":"https"}],"events":[{"name":"order.placed","privacy":"internal","properties":[{"name":"customer","privacy":"pii","redaction":"hash","type":"string"},{"max":"100","min":"1","name":"items","privacy":"internal","redaction":"secrets","type":"number"},{"name":"payment","privacy":"internal","redaction":"secrets","type":"string","values":["card","invoice","voucher"]},{"bucket":"50","name":"total","privacy":"internal","redaction":"bucket","type":"number"}],"purpose":"See how large orders are and how they are paid","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1},{"expires":"2099-12-31","name":"report.opened","privacy":"internal","properties":[{"name":"report","privacy":"internal","redaction":"secrets","type":"string","values":["daily","monthly"]}],"purpose":"See which reports are used","retentionSeconds":3153600000,"samplingPerMillion":1000000,"version":1}],"machineId":"rotating","metadata":["region"],"runtimeFields":["arch","java_version","os"],"tool":"order-desk","undeclared":{"policy":"drop","retentionSeconds":0},"v":2}');  
