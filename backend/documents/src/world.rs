//! What typst may see: four templates, two fonts, one data file. No disk, no network, no clock.

use ttf_parser::{Face, FaceParsingError};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, PathError, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

static REGULAR: &[u8] = include_bytes!("../fonts/BIZUDPGothic_400Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/BIZUDPGothic_700Bold.ttf");

const KIT: (&str, &str) = ("/kit.typ", include_str!("../templates/kit.typ"));

/// Which paper to lay out.
#[derive(Clone, Copy, Debug)]
pub enum Template {
    /// 使用許可書
    Permit,
    /// 領収書
    Receipt,
    /// 還付通知書
    Refund,
    /// 収入日計表
    DaySheet,
}

impl Template {
    const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Permit => ("/permit.typ", include_str!("../templates/permit.typ")),
            Self::Receipt => ("/receipt.typ", include_str!("../templates/receipt.typ")),
            Self::Refund => ("/refund.typ", include_str!("../templates/refund.typ")),
            Self::DaySheet => ("/day-sheet.typ", include_str!("../templates/day-sheet.typ")),
        }
    }
}

/// Why the house of templates could not be set up: a broken build, never a matter of data.
#[derive(Debug, thiserror::Error)]
pub enum BrokenBuild {
    /// An embedded font file is not a font.
    #[error("an embedded font cannot be read")]
    Font,
    /// An embedded font file has broken tables.
    #[error("an embedded font has broken tables")]
    Tables(#[source] FaceParsingError),
    /// A template's virtual path is malformed.
    #[error("a template path is malformed: {0:?}")]
    Path(PathError),
}

/// Everything that stays the same between papers: parsed once, shared by all threads.
pub struct House {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: [Font; 2],
    faces: [Face<'static>; 2],
    kit: Source,
    permit: Source,
    receipt: Source,
    refund: Source,
    day_sheet: Source,
    data: FileId,
}

impl House {
    /// Reads the embedded fonts and parses the templates.
    pub fn open() -> Result<Self, BrokenBuild> {
        let font = |file: &'static [u8]| Font::new(Bytes::new(file), 0).ok_or(BrokenBuild::Font);
        let fonts = [font(REGULAR)?, font(BOLD)?];
        let face = |file: &'static [u8]| Face::parse(file, 0).map_err(BrokenBuild::Tables);
        let template = |template: Template| source(template.file());
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            kit: source(KIT)?,
            permit: template(Template::Permit)?,
            receipt: template(Template::Receipt)?,
            refund: template(Template::Refund)?,
            day_sheet: template(Template::DaySheet)?,
            data: file_id("/data.json")?,
            faces: [face(REGULAR)?, face(BOLD)?],
            fonts,
        })
    }

    /// The glyph tables of the embedded fonts: regular, bold.
    pub const fn faces(&self) -> &[Face<'static>; 2] {
        &self.faces
    }

    /// One paper's world: the house, the template to start from and the data.
    pub fn with_data(&self, template: Template, json: Vec<u8>) -> PaperWorld<'_> {
        let main = match template {
            Template::Permit => &self.permit,
            Template::Receipt => &self.receipt,
            Template::Refund => &self.refund,
            Template::DaySheet => &self.day_sheet,
        };
        PaperWorld {
            house: self,
            main,
            data: Bytes::new(json),
        }
    }
}

/// One paper's view of the [`House`].
pub struct PaperWorld<'a> {
    house: &'a House,
    main: &'a Source,
    data: Bytes,
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.house.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.house.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [self.main, &self.house.kit]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.house.data {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.house.fonts.get(index).cloned()
    }

    /// Papers carry the dates they are given.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn source((path, text): (&str, &str)) -> Result<Source, BrokenBuild> {
    Ok(Source::new(file_id(path)?, text.to_owned()))
}

fn file_id(path: &str) -> Result<FileId, BrokenBuild> {
    let path = VirtualPath::new(path).map_err(BrokenBuild::Path)?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
