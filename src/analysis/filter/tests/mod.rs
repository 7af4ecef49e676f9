mod binding;
mod caching;
mod completion;
mod evaluation;
mod grammar;
mod laws;
mod random;
mod sample;
