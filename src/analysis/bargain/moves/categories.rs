//! The categories of passages, by number.

use foldhash::HashMap as FastMap;

use crate::bargain::CategoryIndex;
use demarche_model::{CategoryId, Codebook, MoveRole};

/// Categories with their roles: those of the codebook in its order, then others that passages have.
#[derive(Clone, Debug, Default)]
pub(super) struct Categories {
    all: Vec<(CategoryId, Option<MoveRole>)>,
    /// The number of each category, also by the ids that it has had.
    numbers: FastMap<CategoryId, u32>,
}

impl Categories {
    pub fn of(codebook: &Codebook) -> Self {
        let mut categories = Self::default();
        for category in &codebook.categories {
            categories.add(&category.id, codebook.move_role(&category.id));
        }
        for old in codebook.aliases.keys() {
            let current = codebook.resolve(old).and_then(|category| categories.numbers.get(&category.id));
            if let Some(&number) = current {
                categories.numbers.insert(old.clone(), number);
            }
        }
        categories
    }

    fn add(&mut self, id: &CategoryId, role: Option<MoveRole>) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push((id.clone(), role));
        self.numbers.insert(id.clone(), number);
        number
    }

    /// The number of a category. One that the codebook lacks gets one, without a role.
    pub fn index(&mut self, id: &CategoryId) -> CategoryIndex {
        let known = self.numbers.get(id).copied();
        CategoryIndex(known.unwrap_or_else(|| self.add(id, None)))
    }

    pub fn all(&self) -> impl ExactSizeIterator<Item = (CategoryIndex, &CategoryId)> {
        let number = |index: usize| CategoryIndex(u32::try_from(index).unwrap_or(u32::MAX));
        self.all.iter().enumerate().map(move |(index, (id, _))| (number(index), id))
    }

    pub fn id(&self, index: CategoryIndex) -> &CategoryId {
        &self.all[index.get()].0
    }

    pub fn role(&self, index: CategoryIndex) -> Option<MoveRole> {
        self.all.get(index.get()).and_then(|(_, role)| *role)
    }
}
