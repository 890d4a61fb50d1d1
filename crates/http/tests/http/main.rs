//! The client against servers of this process: raw sockets that do what real ones do on bad days.

mod carrier;
mod limits;
mod plain;
mod policy;
mod proxy;
mod server;
mod tls;
