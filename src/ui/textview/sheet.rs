//! One document as it is set: its blocks, their heights, and where the characters of the blocks in sight stand.

use std::collections::HashMap;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Context, Galley};

use super::blocks::Blocks;
use super::estimate::{self, Measuring, Metrics, is_blank};
use super::heights::Heights;
use super::rowmap::BlockMap;
use super::wrap::Advances;
use demarche_model::{DocumentId, Text, TextRange};

/// Maps of blocks that are kept for blocks out of sight.
const KEPT_MAPS: usize = 512;

/// A document, set at some width.
pub struct Sheet {
    id: DocumentId,
    text: Arc<Text>,
    blocks: Arc<Blocks>,
    metrics: Metrics,
    heights: Heights,
    maps: HashMap<usize, Arc<BlockMap>>,
    measuring: Option<Measuring>,
    /// Whether better heights are still to be asked for.
    due: bool,
    colour: Color32,
    version: u64,
}

impl Sheet {
    /// Cuts a text into blocks; [`Self::fit`] sets it.
    pub fn new(id: &DocumentId, text: &Arc<Text>) -> Self {
        Self {
            id: id.clone(),
            text: text.clone(),
            blocks: Arc::new(Blocks::new(text.as_str())),
            metrics: Metrics { size: 0.0, wrap: 0.0, scale: 0.0 },
            heights: Heights::default(),
            maps: HashMap::new(),
            measuring: None,
            due: false,
            colour: Color32::PLACEHOLDER,
            version: 0,
        }
    }

    /// Whether this is the sheet of that document with that text.
    pub fn shows(&self, id: &DocumentId, text: &Arc<Text>) -> bool {
        &self.id == id && Arc::ptr_eq(&self.text, text)
    }

    /// The document shown.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Its text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// How many blocks it has; at least one.
    pub fn count(&self) -> usize {
        self.blocks.count()
    }

    /// Where a block lies in the text.
    pub fn range(&self, block: usize) -> TextRange {
        self.blocks.range(block)
    }

    /// The block that holds an offset.
    pub fn block_at(&self, offset: usize) -> usize {
        self.blocks.at(offset)
    }

    /// Sizes that the text is set with.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Heights of all blocks; exact for those that have been shown.
    pub fn heights(&self) -> &Heights {
        &self.heights
    }

    /// Moves on when many heights have changed at once.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether [`Self::fit`] would set the text anew.
    pub fn fits(&self, metrics: &Metrics) -> bool {
        &self.metrics == metrics
    }

    /// Sets the text with these sizes: heights at a glance now, better ones soon. `mean_advance` in points.
    /// `advances` are those known of this face and size, and learn more.
    pub fn fit(&mut self, ctx: &Context, metrics: Metrics, mean_advance: f32, advances: &mut Advances) {
        self.metrics = metrics;
        self.maps.clear();
        self.version += 1;
        self.measuring = None;
        self.due = !estimate::is_short(&self.text);
        if self.due {
            self.heights = estimate::at_a_glance(&self.text, &self.blocks, &metrics, mean_advance);
            ctx.request_repaint();
        } else {
            let measured = estimate::now(ctx, &self.text, &self.blocks, &metrics, std::mem::take(advances));
            self.heights = measured.heights;
            *advances = measured.advances;
        }
    }

    /// Sees to better heights of a long text: sets a worker to it once the width has settled, and takes its answer.
    pub fn poll(&mut self, ctx: &Context, advances: &mut Advances) {
        if std::mem::take(&mut self.due) {
            self.measuring = estimate::later(ctx, &self.text, &self.blocks, self.metrics, advances.clone());
        }
        let answer = self.measuring.as_ref().map(Measuring::answer);
        match answer {
            Some(Ok(Some(measured))) => {
                *advances = measured.advances;
                self.heights = measured.heights;
                let exact: Vec<(usize, f32)> =
                    self.maps.iter().map(|(&block, map)| (block, self.exact(block, map))).collect();
                exact.into_iter().for_each(|(block, height)| self.heights.set(block, height));
                self.version += 1;
                self.measuring = None;
            }
            Some(Err(())) => self.measuring = None,
            Some(Ok(None)) | None => {}
        }
    }

    /// Colour of the text from now on. One for all uses, since egui keeps layouts by colour.
    pub fn ink(&mut self, colour: Color32) {
        self.colour = colour;
    }

    /// Lays a block out; egui remembers it as long as it is asked for in every frame.
    pub fn galley(&mut self, ctx: &Context, block: usize) -> Arc<Galley> {
        let text = self.text.slice(self.range(block));
        let format = TextFormat {
            font_id: self.metrics.font(),
            line_height: Some(self.metrics.row_height()),
            color: self.colour,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.wrap = TextWrapping::wrap_at_width(self.metrics.wrap);
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// Where the characters of a block stand; lays it out if that is not known.
    pub fn map(&mut self, ctx: &Context, block: usize) -> Arc<BlockMap> {
        if let Some(map) = self.maps.get(&block) {
            return map.clone();
        }
        let galley = self.galley(ctx, block);
        self.learn(block, &galley)
    }

    /// Where the characters of a block stand, if that is known.
    pub fn known(&self, block: usize) -> Option<&Arc<BlockMap>> {
        self.maps.get(&block)
    }

    /// Where the characters of a block stand, given its layout.
    pub fn map_of(&mut self, block: usize, galley: &Galley) -> Arc<BlockMap> {
        match self.maps.get(&block) {
            // Fonts that were found meanwhile change the rows.
            Some(map) if map.rows() == galley.rows.len().max(1) => map.clone(),
            _ => self.learn(block, galley),
        }
    }

    fn learn(&mut self, block: usize, galley: &Galley) -> Arc<BlockMap> {
        let text = self.text.slice(self.range(block));
        let row_height = if is_blank(text) { self.metrics.blank_height() } else { self.metrics.row_height() };
        let map = Arc::new(BlockMap::new(text, galley, row_height));
        if self.maps.len() >= KEPT_MAPS {
            self.maps.clear();
        }
        self.maps.insert(block, map.clone());
        self.heights.set(block, self.exact(block, &map));
        map
    }

    fn exact(&self, block: usize, map: &BlockMap) -> f32 {
        let blank = is_blank(self.text.slice(self.range(block)));
        let ends = self.blocks.ends_paragraph(block);
        self.metrics.block_height(map.rows() as u32, blank, ends)
    }

    /// Exact height of a block in points, with the space after it; lays it out if it is not known.
    pub fn height(&mut self, ctx: &Context, block: usize) -> f32 {
        if !self.maps.contains_key(&block) {
            self.map(ctx, block);
        }
        self.heights.get(block)
    }
}
