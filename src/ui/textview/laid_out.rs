//! A document laid out at some width: its blocks, their heights, and the positions of the characters in visible
//! blocks.

use std::collections::HashMap;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Context, Galley};

use super::block_map::BlockMap;
use super::blocks::Blocks;
use super::estimate::{self, Metrics, PendingMeasurement, is_blank};
use super::heights::Heights;
use super::wrap::Advances;
use demarche_model::{DocumentId, Text, TextRange};

/// Number of block maps to cache.
const CACHED_MAPS: usize = 512;

/// The text of a document, laid out at some width. Only visible blocks are laid out in full.
pub struct LaidOutText {
    id: DocumentId,
    text: Arc<Text>,
    blocks: Arc<Blocks>,
    metrics: Metrics,
    heights: Heights,
    maps: HashMap<usize, Arc<BlockMap>>,
    pending: Option<PendingMeasurement>,
    /// Whether better heights are still to be requested.
    estimate_due: bool,
    colour: Color32,
    version: u64,
}

impl LaidOutText {
    /// Splits a text into blocks; [`Self::fit`] lays it out.
    pub fn new(id: &DocumentId, text: &Arc<Text>) -> Self {
        Self {
            id: id.clone(),
            text: text.clone(),
            blocks: Arc::new(Blocks::new(text.as_str())),
            metrics: Metrics { size: 0.0, wrap: 0.0, scale: 0.0, line_height: 1.0, fonts: 0 },
            heights: Heights::default(),
            maps: HashMap::new(),
            pending: None,
            estimate_due: false,
            colour: Color32::PLACEHOLDER,
            version: 0,
        }
    }

    /// Returns whether this is the layout of that document with that text.
    pub fn is_of(&self, id: &DocumentId, text: &Arc<Text>) -> bool {
        &self.id == id && Arc::ptr_eq(&self.text, text)
    }

    /// Returns the document.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Returns the text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Returns the number of blocks, at least one.
    pub fn block_count(&self) -> usize {
        self.blocks.count()
    }

    /// Returns the range of a block in the text.
    pub fn block_range(&self, block: usize) -> TextRange {
        self.blocks.range(block)
    }

    /// Returns the block that contains an offset.
    pub fn block_at(&self, offset: usize) -> usize {
        self.blocks.at(offset)
    }

    /// Returns the sizes that the text is laid out with.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Returns the heights of all blocks, exact for those that have been laid out.
    pub fn heights(&self) -> &Heights {
        &self.heights
    }

    /// Increases whenever many heights have changed at once.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Returns whether the text is laid out with these sizes already.
    pub fn is_fitted_to(&self, metrics: &Metrics) -> bool {
        &self.metrics == metrics
    }

    /// Lays the text out with new sizes. A long text gets rough heights the first time, keeps those it has after that,
    /// and gets better ones from a worker soon. `mean_advance` is in points; `advances` is the cache for this font.
    pub fn fit(&mut self, ctx: &Context, metrics: Metrics, mean_advance: f32, advances: &mut Advances) {
        self.metrics = metrics;
        self.maps.clear();
        self.version += 1;
        self.pending = None;
        self.estimate_due = !estimate::is_short(&self.text);
        if !self.estimate_due {
            let measured =
                estimate::measure_now(ctx, &self.text, &self.blocks, &metrics, std::mem::take(advances));
            self.heights = measured.heights;
            *advances = measured.advances;
            return;
        }
        // Only the scroll bar depends on the heights of blocks out of view, so that those of the width before will do.
        if self.heights.is_empty() {
            self.heights = estimate::rough_heights(&self.text, &self.blocks, &metrics, mean_advance);
        }
        ctx.request_repaint();
    }

    /// Gets better heights for a long text: starts a worker once the width has settled, and applies its result.
    pub fn poll(&mut self, ctx: &Context, advances: &mut Advances) {
        if std::mem::take(&mut self.estimate_due) {
            let (text, blocks) = (&self.text, &self.blocks);
            self.pending = estimate::measure_in_background(ctx, text, blocks, self.metrics, advances.clone());
        }
        let answer = self.pending.as_ref().map(PendingMeasurement::answer);
        match answer {
            Some(Ok(Some(measured))) => {
                *advances = measured.advances;
                self.heights = measured.heights;
                let exact: Vec<(usize, f32)> =
                    self.maps.iter().map(|(&block, map)| (block, self.exact_height(block, map))).collect();
                exact.into_iter().for_each(|(block, height)| self.heights.set(block, height));
                self.version += 1;
                self.pending = None;
            }
            Some(Err(())) => self.pending = None,
            Some(Ok(None)) | None => {}
        }
    }

    /// Sets the colour of the text. There is one for all uses, because egui caches layouts by colour.
    pub fn set_colour(&mut self, colour: Color32) {
        self.colour = colour;
    }

    /// Lays a block out. egui caches the galley as long as it is requested in every frame.
    pub fn galley(&mut self, ctx: &Context, block: usize) -> Arc<Galley> {
        let text = self.text.slice(self.block_range(block));
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

    /// Returns the positions of the characters of a block. Lays the block out if they are not cached.
    pub fn map(&mut self, ctx: &Context, block: usize) -> Arc<BlockMap> {
        if let Some(map) = self.maps.get(&block) {
            return map.clone();
        }
        let galley = self.galley(ctx, block);
        self.cache_map(block, &galley)
    }

    /// Returns the positions of the characters of a block, if they are cached.
    pub fn cached_map(&self, block: usize) -> Option<&Arc<BlockMap>> {
        self.maps.get(&block)
    }

    /// Returns the positions of the characters of a block with a given galley.
    pub fn map_from_galley(&mut self, block: usize, galley: &Galley) -> Arc<BlockMap> {
        match self.maps.get(&block) {
            // Rows change when another font has been loaded in the meantime.
            Some(map) if map.rows() == galley.rows.len().max(1) => map.clone(),
            _ => self.cache_map(block, galley),
        }
    }

    fn cache_map(&mut self, block: usize, galley: &Galley) -> Arc<BlockMap> {
        let text = self.text.slice(self.block_range(block));
        let row_height = if is_blank(text) { self.metrics.blank_height() } else { self.metrics.row_height() };
        let map = Arc::new(BlockMap::new(text, galley, row_height));
        if self.maps.len() >= CACHED_MAPS {
            self.maps.clear();
        }
        self.maps.insert(block, map.clone());
        self.heights.set(block, self.exact_height(block, &map));
        map
    }

    fn exact_height(&self, block: usize, map: &BlockMap) -> f32 {
        let blank = is_blank(self.text.slice(self.block_range(block)));
        let ends = self.blocks.ends_paragraph(block);
        self.metrics.block_height(map.rows() as u32, blank, ends)
    }

    /// Returns the exact height of a block in points, including the space after it. Lays the block out if necessary.
    pub fn height(&mut self, ctx: &Context, block: usize) -> f32 {
        if !self.maps.contains_key(&block) {
            self.map(ctx, block);
        }
        self.heights.get(block)
    }
}
