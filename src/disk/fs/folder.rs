//! A folder that is open: what lies in it is reached without going the whole way to it
//! again, which is most of what a look at a file costs.

use std::{io, path::Path};

use super::super::stamp::Stamp;
#[cfg(feature = "faults")]
use super::{Call, step};

/// A folder. Where the system has no handles on folders, or this crate was built
/// without them (for a build script, which has few files), it is a path.
#[derive(Debug)]
pub struct Folder {
    way: way::Way,
    #[cfg(feature = "faults")]
    path: std::path::PathBuf,
}

/// A plain file as it was read.
#[derive(Debug, Default)]
pub struct Contents {
    /// Taken before it was read: a change since then shows in a later one.
    pub stamp: Stamp,
    /// All that it holds.
    pub bytes: Vec<u8>,
}

impl Folder {
    /// Open a folder. Links on the way are followed.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            way: way::Way::open(path)?,
            #[cfg(feature = "faults")]
            path: path.to_owned(),
        })
    }

    /// What stands under a name, which is a single one; a link is not followed.
    /// `None` for what is no plain file.
    ///
    /// # Errors
    /// Those of the system.
    pub fn look(&self, name: &str) -> io::Result<Option<Stamp>> {
        #[cfg(feature = "faults")]
        step(Call::Look, &self.path.join(name))?;
        self.way.look(name)
    }

    /// Read a plain file of at most `longest` bytes by its name, which is a single one
    /// and was listed as that of a plain file: should a link, a pipe or a device have
    /// taken its place since, then nothing of it is read.
    ///
    /// # Errors
    /// Those of the system; `FileTooLarge` for one that is longer.
    pub fn read(&self, name: &str, longest: u64) -> io::Result<Contents> {
        #[cfg(feature = "faults")]
        step(Call::Read, &self.path.join(name))?;
        self.way.read(name, longest)
    }
}

#[cfg(all(unix, feature = "author"))]
mod way {
    use std::{io, os::fd::OwnedFd, path::Path, time::Duration};

    use rustix::{
        buffer::spare_capacity,
        fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat, fstat, openat, statat},
        io::{read, retry_on_intr},
    };

    use super::{
        super::{not_plain, too_long},
        Contents, Stamp,
    };

    #[derive(Debug)]
    pub struct Way(OwnedFd);

    impl Way {
        pub fn open(path: &Path) -> io::Result<Self> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Self(openat(CWD, path, flags, Mode::empty())?))
        }

        pub fn look(&self, name: &str) -> io::Result<Option<Stamp>> {
            Ok(stamp(&statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?))
        }

        pub fn read(&self, name: &str, longest: u64) -> io::Result<Contents> {
            // To open a pipe does not wait for its other end this way.
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = openat(&self.0, name, flags, Mode::empty())?;
            let stamp = stamp(&fstat(&file)?).ok_or_else(not_plain)?;
            let length = stamp.size();
            if length > longest {
                return Err(too_long(longest));
            }
            // One byte more than there are: a read that leaves it free has met the end.
            let length = usize::try_from(length).map_err(io::Error::other)?;
            let mut bytes = Vec::with_capacity(length + 1);
            loop {
                let read = retry_on_intr(|| read(&file, spare_capacity(&mut bytes)))?;
                if read == 0 || bytes.len() == length {
                    return Ok(Contents { stamp, bytes });
                }
                // It grows meanwhile, or comes in parts.
                if bytes.len() as u64 > longest {
                    return Err(too_long(longest));
                }
                bytes.reserve(1);
            }
        }
    }

    /// `None` for what is no plain file.
    fn stamp(stat: &Stat) -> Option<Stamp> {
        let plain = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        let since_epoch = || {
            let seconds = u64::try_from(stat.st_mtime).ok()?;
            let nanos = u32::try_from(stat.st_mtime_nsec).ok()?;
            Some(Duration::new(seconds, nanos))
        };
        plain.then(|| {
            let size = u64::try_from(stat.st_size).unwrap_or_default();
            Stamp::new(size, since_epoch().unwrap_or_default(), stat.st_ino)
        })
    }
}

#[cfg(not(all(unix, feature = "author")))]
mod way {
    use std::{
        fs::{self, File},
        io,
        path::{Path, PathBuf},
    };

    use super::{
        super::{all_of, not_plain},
        Contents, Stamp,
    };

    #[derive(Debug)]
    pub struct Way(PathBuf);

    impl Way {
        pub fn open(path: &Path) -> io::Result<Self> {
            if fs::metadata(path)?.is_dir() {
                Ok(Self(path.to_owned()))
            } else {
                Err(io::ErrorKind::NotADirectory.into())
            }
        }

        pub fn look(&self, name: &str) -> io::Result<Option<Stamp>> {
            let metadata = fs::symlink_metadata(self.0.join(name))?;
            Ok(metadata.is_file().then(|| Stamp::of(&metadata)))
        }

        pub fn read(&self, name: &str, longest: u64) -> io::Result<Contents> {
            let file = File::open(self.0.join(name))?;
            let metadata = file.metadata()?;
            if !metadata.is_file() {
                return Err(not_plain());
            }
            let bytes = all_of(file, metadata.len(), longest)?;
            let stamp = Stamp::of(&metadata);
            Ok(Contents { stamp, bytes })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn a_file_has_the_stamp_that_its_metadata_give() -> Outcome {
        let folder = tempfile::tempdir()?;
        for (name, text) in [
            ("empty", ""),
            ("short", "x"),
            ("long", &"y".repeat(100_000)),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, text)?;
            let expected = Stamp::of(&fs::metadata(&path)?);
            let open = Folder::open(folder.path())?;
            assert_eq!(open.look(name)?, Some(expected));
            let read = open.read(name, 100_000)?;
            assert_eq!(
                (read.stamp, read.bytes.as_slice()),
                (expected, text.as_bytes())
            );
        }
        Ok(())
    }

    #[test]
    fn what_is_no_plain_file_is_not_read() -> Outcome {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("folder"))?;
        fs::write(folder.path().join("long"), "123456")?;
        let open = Folder::open(folder.path())?;
        assert_eq!(open.look("folder")?, None);
        assert!(open.read("folder", 5).is_err());
        let absent = open.look("absent").map_err(|cause| cause.kind());
        assert_eq!(absent, Err(io::ErrorKind::NotFound));
        let long = open.read("long", 5).map_err(|cause| cause.kind());
        assert_eq!(long.map(|_| ()), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(open.read("long", 6)?.bytes, b"123456");
        Ok(())
    }

    /// What a build script reads was listed as a plain file just before.
    #[cfg(all(target_os = "linux", feature = "author"))]
    #[test]
    fn what_takes_the_place_of_a_plain_file_is_not_read() -> Outcome {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("secret"), "x")?;
        std::os::unix::fs::symlink("secret", folder.path().join("link"))?;
        let fifo = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )?;
        let open = Folder::open(folder.path())?;
        for name in ["link", "pipe"] {
            assert_eq!(open.look(name)?, None);
            assert!(open.read(name, 5).is_err(), "{name}");
        }
        Ok(())
    }
}
