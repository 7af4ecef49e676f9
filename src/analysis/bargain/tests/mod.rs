mod edge_cases;
mod fixtures;
mod laws;
mod outcomes;
