mod layout;
mod meaning;
