//! A disk that fails on request: SQLite's own file layer with a switch in front of it.
//!
//! Owns the switches, one per directory, and the layer between SQLite and the real one, which
//! becomes the default of this process. Knows neither boards nor the server.
//!
//! The layer is C's: `unsafe` is allowed in this file alone. What it relies on is written at each
//! place. SQLite's documentation of a VFS (<https://sqlite.org/vfs.html>) is the contract.

#![allow(unsafe_code, reason = "SQLite's file layer is C")]

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::ptr::null_mut;
use std::sync::{Arc, Condvar, Mutex, Once, OnceLock};

use rusqlite::ffi;

/// What goes wrong from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Fault {
    /// Nothing.
    #[default]
    None,
    /// Writes fail: there is no room.
    Full,
    /// Files do not grow: writes that fit into them do not fail.
    NoGrowth,
    /// The next write fails, and none after it.
    OneWrite,
    /// Writes fail: the file system is read-only.
    ReadOnly,
    /// Syncs fail.
    NoSync,
    /// Reads fail.
    NoRead,
    /// Syncs do not return.
    Stall,
}

/// The switch of one directory.
#[derive(Debug, Default)]
pub(crate) struct Switch {
    fault: Mutex<Fault>,
    turned: Condvar,
}

impl Switch {
    /// Turns it.
    pub(crate) fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
        self.turned.notify_all();
    }

    fn get(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    fn write(&self) -> c_int {
        let mut fault = self.fault.lock().unwrap();
        match *fault {
            Fault::Full => ffi::SQLITE_FULL,
            Fault::ReadOnly => ffi::SQLITE_READONLY,
            Fault::OneWrite => {
                *fault = Fault::None;
                ffi::SQLITE_IOERR_WRITE
            }
            _ => ffi::SQLITE_OK,
        }
    }

    fn read(&self) -> c_int {
        match self.get() {
            Fault::NoRead => ffi::SQLITE_IOERR_READ,
            _ => ffi::SQLITE_OK,
        }
    }

    /// Waits out a stall.
    fn sync(&self) -> c_int {
        let fault = self.fault.lock().unwrap();
        let fault = self
            .turned
            .wait_while(fault, |fault| *fault == Fault::Stall);
        match *fault.unwrap() {
            Fault::NoSync => ffi::SQLITE_IOERR_FSYNC,
            _ => ffi::SQLITE_OK,
        }
    }
}

fn switches() -> &'static Mutex<HashMap<PathBuf, Arc<Switch>>> {
    static SWITCHES: OnceLock<Mutex<HashMap<PathBuf, Arc<Switch>>>> = OnceLock::new();
    SWITCHES.get_or_init(Mutex::default)
}

/// A hand on a switch. Whatever is wrong is mended when a test ends, in whatever way: a store that
/// stalls would not let it end.
pub(crate) struct Hand(Arc<Switch>);

impl Deref for Hand {
    type Target = Switch;

    fn deref(&self) -> &Switch {
        &self.0
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.set(Fault::None);
    }
}

/// The switch of everything that SQLite opens in `directory` from now on.
pub(crate) fn switch(directory: &Path) -> Hand {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(install);
    let directory = directory.canonicalize().unwrap();
    let mut switches = switches().lock().unwrap();
    Hand(Arc::clone(switches.entry(directory).or_default()))
}

/// Makes the layer the default: a copy of the real one but for how files are opened.
fn install() {
    // SAFETY: a null name asks for the default VFS, which lives for ever; the copy is leaked, so
    // that it does too. Its other functions take what they need from the copied `pAppData`.
    unsafe {
        let real = ffi::sqlite3_vfs_find(std::ptr::null());
        let mut layer = Box::new(*real);
        layer.zName = c"switched".as_ptr();
        layer.szOsFile += size_of::<File>() as c_int;
        layer.xOpen = Some(open);
        let installed = ffi::sqlite3_vfs_register(Box::into_raw(layer), 1);
        assert_eq!(installed, ffi::SQLITE_OK);
    }
}

/// An open file: this head, and behind it in the same allocation the real one.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    switch: *const Switch,
}

/// The real file behind a head.
///
/// # Safety
/// `file` was filled by [`open`].
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite allocated `szOsFile` bytes, which is the head and the real file.
    unsafe { file.cast::<File>().add(1).cast() }
}

/// The switch of an open file.
///
/// # Safety
/// `file` was filled by [`open`].
unsafe fn switch_of<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a Switch> {
    // SAFETY: the pointer is null or an `Arc` that the table of switches never gives up.
    unsafe { (*file.cast::<File>()).switch.as_ref() }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls with a file of `szOsFile` bytes and, unless it is null, a C string.
    unsafe {
        let real_vfs = (*vfs).pNext;
        let real_open = (*real_vfs).xOpen.unwrap();
        let switch = named(name);
        (*file.cast::<File>()).switch = switch.map_or(std::ptr::null(), |s| Arc::as_ptr(&s));
        (*file).pMethods = std::ptr::null();
        let opened = real_open(real_vfs, name, real(file), flags, out);
        if opened == ffi::SQLITE_OK {
            (*file).pMethods = &raw const METHODS;
        }
        opened
    }
}

/// The switch for a file's name.
///
/// # Safety
/// `name` is null or a C string.
unsafe fn named(name: *const c_char) -> Option<Arc<Switch>> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as promised.
    let name = unsafe { CStr::from_ptr(name) }.to_str().ok()?;
    let switches = switches().lock().unwrap();
    let mut at = Path::new(name).ancestors();
    at.find_map(|directory| switches.get(directory).cloned())
}

/// Forwards a call to the real file, after a look at the switch if one is named.
macro_rules! forward {
    ($name:ident, $method:ident, ($($arg:ident: $kind:ty),*) $(, $guard:ident)?) => {
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $kind)*) -> c_int {
            // SAFETY: SQLite calls with a file that `open` has filled, and the method's arguments.
            unsafe {
                $(
                    let refused = switch_of(file).map_or(ffi::SQLITE_OK, Switch::$guard);
                    if refused != ffi::SQLITE_OK {
                        return refused;
                    }
                )?
                let real = real(file);
                (*(*real).pMethods).$method.unwrap()(real $(, $arg)*)
            }
        }
    };
}

forward!(close, xClose, ());
forward!(read, xRead, (to: *mut c_void, count: c_int, at: ffi::sqlite3_int64), read);
forward!(put, xWrite, (from: *const c_void, count: c_int, at: ffi::sqlite3_int64), write);
forward!(truncate, xTruncate, (size: ffi::sqlite3_int64), write);
forward!(sync, xSync, (flags: c_int), sync);
forward!(size, xFileSize, (size: *mut ffi::sqlite3_int64));
forward!(lock, xLock, (level: c_int));
forward!(unlock, xUnlock, (level: c_int));
forward!(reserved, xCheckReservedLock, (out: *mut c_int));
forward!(control, xFileControl, (op: c_int, argument: *mut c_void));
forward!(sector, xSectorSize, ());
forward!(traits, xDeviceCharacteristics, ());
forward!(shm_map, xShmMap, (page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void));
forward!(shm_lock, xShmLock, (offset: c_int, count: c_int, flags: c_int));
forward!(shm_unmap, xShmUnmap, (delete: c_int));

/// As [`put`], unless the file would grow and must not.
unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: as in `forward!`.
    unsafe {
        if switch_of(file).is_some_and(|switch| switch.get() == Fault::NoGrowth) {
            let mut now = 0;
            if size(file, &raw mut now) != ffi::SQLITE_OK || at + i64::from(count) > now {
                return ffi::SQLITE_FULL;
            }
        }
        put(file, from, count, at)
    }
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as in `forward!`.
    unsafe {
        let real = real(file);
        (*(*real).pMethods).xShmBarrier.unwrap()(real);
    }
}

/// Nothing is mapped: every read goes through [`read`].
unsafe extern "C" fn fetch(
    _: *mut ffi::sqlite3_file,
    _: ffi::sqlite3_int64,
    _: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite gives a place to write to.
    unsafe { *out = null_mut() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn unfetch(
    _: *mut ffi::sqlite3_file,
    _: ffi::sqlite3_int64,
    _: *mut c_void,
) -> c_int {
    ffi::SQLITE_OK
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};
