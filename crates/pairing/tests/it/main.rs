mod codes;
mod exchange;
