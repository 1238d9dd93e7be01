//! The steps of the database, in order. A step is never changed once it was released; it imports nothing of
//! hearback, so that it means the same for ever. Instants are whole microseconds since 1970, UTC.

pub use sea_orm_migration::prelude::*;

mod m2026_11_22_000001_start;
mod m2026_11_22_000002_public_record;
mod m2026_11_22_000003_bounces;
mod m2026_11_22_000004_delivery;
mod m2026_11_22_000005_queue;
mod m2026_11_22_000006_keys;
mod m2026_11_22_000007_person;
mod m2026_11_22_000008_languages;
mod m2026_11_22_000009_letters;
mod m2026_11_22_000010_room;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_22_000001_start::Migration),
            Box::new(m2026_11_22_000002_public_record::Migration),
            Box::new(m2026_11_22_000003_bounces::Migration),
            Box::new(m2026_11_22_000004_delivery::Migration),
            Box::new(m2026_11_22_000005_queue::Migration),
            Box::new(m2026_11_22_000006_keys::Migration),
            Box::new(m2026_11_22_000007_person::Migration),
            Box::new(m2026_11_22_000008_languages::Migration),
            Box::new(m2026_11_22_000009_letters::Migration),
            Box::new(m2026_11_22_000010_room::Migration),
        ]
    }
}
