//! Points and rectangles, in points from the top left corner of a figure.

/// A point.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f32,
    /// Distance from the top edge.
    pub y: f32,
}

/// A rectangle with edges parallel to the axes.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Area {
    /// The left edge.
    pub left: f32,
    /// The top edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The bottom edge.
    pub bottom: f32,
}

impl Point {
    /// The point at two coordinates.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Distance to another point.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point at a share of the way to another one.
    pub fn towards(self, other: Self, share: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    /// The point moved by two distances.
    pub fn moved(self, right: f32, down: f32) -> Self {
        Self::new(self.x + right, self.y + down)
    }
}

impl Area {
    /// The rectangle with a corner, a width and a height.
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// The square around a point.
    pub fn around(centre: Point, radius: f32) -> Self {
        Self::new(centre.x - radius, centre.y - radius, 2.0 * radius, 2.0 * radius)
    }

    /// The smallest rectangle that holds all points; empty at the origin without any.
    pub fn of_points(points: &[Point]) -> Self {
        let mut points = points.iter().map(|&point| Self::around(point, 0.0));
        let first = points.next().unwrap_or_default();
        points.fold(first, Self::union)
    }

    /// The smallest rectangle that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The rectangle grown by a distance on all sides; shrunk by a negative one.
    pub fn grown(self, by: f32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Distance between the left and right edges.
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// Distance between the top and bottom edges.
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// The middle.
    pub fn centre(self) -> Point {
        Point::new((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// True if a point is inside or on an edge.
    pub fn contains(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// True if two rectangles share more than an edge.
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Distance of a point from the stretch between two others.
pub(super) fn distance_to_line(point: Point, from: Point, to: Point) -> f32 {
    let (along_x, along_y) = (to.x - from.x, to.y - from.y);
    let length = along_x * along_x + along_y * along_y;
    if length == 0.0 {
        return point.distance(from);
    }
    let share = ((point.x - from.x) * along_x + (point.y - from.y) * along_y) / length;
    point.distance(from.towards(to, share.clamp(0.0, 1.0)))
}

/// The points of a quadratic curve, its ends included.
pub(super) fn curve_points(from: Point, control: Point, to: Point) -> Vec<Point> {
    const STEPS: usize = 24;
    (0..=STEPS)
        .map(|step| {
            let share = step as f32 / STEPS as f32;
            from.towards(control, share).towards(control.towards(to, share), share)
        })
        .collect()
}
