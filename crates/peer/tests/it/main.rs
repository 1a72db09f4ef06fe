mod dial;
mod home;
mod link;
