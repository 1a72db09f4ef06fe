mod loopback;
mod records;
