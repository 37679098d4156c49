use migrations::{Migrator, MigratorTrait as _};
use testkit::Engine;
use usecases::ports::store::Store as _;

use crate::behind::{count, meddle};

testkit::on_both! {
    async fn a_store_is_ready_when_every_step_was_taken_and_not_before(db: TestStore) {
        assert!(db.store().is_ready().await.unwrap());
        // A step that a newer release took does not make this one unready.
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        meddle(&db, later).await;
        assert!(db.store().is_ready().await.unwrap());
        meddle(&db, "DELETE FROM seaql_migrations WHERE version LIKE 'm0005%'").await;
        assert!(!db.store().is_ready().await.unwrap());
        meddle(&db, "DROP TABLE seaql_migrations").await;
        assert!(!db.store().is_ready().await.unwrap());
    }

    async fn migrating_again_changes_nothing(db: TestStore) {
        store::migrate(db.url()).await.unwrap();
        let steps = i64::try_from(Migrator::migrations().len()).unwrap();
        assert_eq!(count(&db, "SELECT count(*) FROM seaql_migrations").await, steps);
    }

    async fn many_that_start_at_once_migrate_an_empty_database_once(db: TestStore) {
        let url = match db.engine() {
            Engine::Sqlite => db.url().replace("yoriai.db", "another.db"),
            Engine::Postgres => {
                meddle(&db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;
                db.url().to_owned()
            }
        };
        let starts = (0..5).map(|_| {
            let url = url.clone();
            tokio::spawn(async move { store::migrate(&url).await })
        });
        for start in starts.collect::<Vec<_>>() {
            start.await.unwrap().unwrap();
        }
        let store = store::Database::connect(&url, 1).await.unwrap();
        assert!(store.is_ready().await.unwrap());
        store.close().await.unwrap();
    }

    async fn a_database_that_is_not_there_is_not_made_by_connecting(db: TestStore) {
        let elsewhere = match db.engine() {
            Engine::Sqlite => db.url().replace("yoriai.db", "missing.db"),
            Engine::Postgres => db.url().replace("/test_", "/missing_"),
        };
        assert!(store::Database::connect(&elsewhere, 1).await.is_err());
    }
}

/// DESIGN.md §10: so that the same schema can be spread by town. Tables that name towns are the
/// exception.
#[test]
fn every_key_starts_with_the_municipality() {
    testkit::run(Engine::Postgres, async |db| {
        let unique = |first: &str| {
            format!(
                "SELECT count(*) FROM pg_index i
                 JOIN pg_class t ON t.oid = i.indrelid
                 JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
                 WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique
                   AND t.relname NOT IN ('municipalities', 'seaql_migrations')
                   AND a.attname {first} 'municipality_id'"
            )
        };
        let foreign = |first: &str| {
            format!(
                "SELECT count(*) FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                 WHERE c.connamespace = 'public'::regnamespace AND c.contype = 'f'
                   AND a.attname {first} 'municipality_id'"
            )
        };
        for keys in [unique("<>"), foreign("<>")] {
            assert_eq!(count(&db, &keys).await, 0, "{keys}");
        }
        for keys in [unique("="), foreign("=")] {
            assert!(count(&db, &keys).await > 15, "{keys}");
        }
    })
    .unwrap();
}
