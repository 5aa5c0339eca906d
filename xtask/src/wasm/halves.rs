//! One WebAssembly module as two: what is needed first, and what may come a moment later.
//!
//! Owns how they are cut and what each gives the other; knows no engine. Both halves share a
//! memory, a table and the globals, so a function runs the same in either. In the first half, a
//! late function is a stub that has the second half brought if it is not here, and calls it
//! through a slot of the table. The second half fills the slots when it is instantiated, and
//! imports all that it takes from the exports of the first.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use walrus::ir::{self, Visitor};
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, ImportedFunction, LocalFunction, Module, ModuleConfig, TableId, ValType,
};

/// The module name under which the second half imports from the first.
const FIRST: &str = "first";
/// The name of the global that says whether the second half is here.
const HERE: &str = "here";
/// The name of the import that has it be here.
const BRING: &str = "bring";

/// The two modules, as bytes without names.
pub(super) struct Halves {
    pub(super) first: Vec<u8>,
    pub(super) late: Vec<u8>,
}

/// Cuts a module that imports a function named [`BRING`], which instantiates the second half. Functions whose name `is_late` go there, with all that only they call.
///
/// # Errors
/// Bytes that are no module, or one without a memory, a table or that import.
pub(super) fn cut(wasm: &[u8], is_late: impl Fn(&str) -> bool) -> Result<Halves> {
    let whole = parse(wasm)?;
    let named = |function: &walrus::Function| function.name.as_deref().is_some_and(&is_late);
    let roots = whole.funcs.iter_local().map(|(id, _)| id);
    let roots: BTreeSet<_> = roots
        .filter(|id| named(whole.funcs.get(*id)))
        .map(|id| id.index())
        .collect();
    let parts = Parts::of(&whole, &roots);
    let slots = main_table(&whole)?;
    let base = whole.tables.get(slots).initial;
    let (late, taken) = second_half(parse(wasm)?, &parts, base)?;
    let first = first_half(whole, &parts, &taken)?;
    Ok(Halves { first, late })
}

fn parse(wasm: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    config.parse(wasm)
}

fn main_table(module: &Module) -> Result<TableId> {
    let table = module.tables.main_function_table()?;
    table.context("finding the table of functions")
}

/// Gives a table more slots.
fn widen(module: &mut Module, table: TableId, more: usize) {
    let slots = module.tables.get_mut(table);
    slots.initial += more as u64;
    slots.maximum = slots.maximum.map(|most| most.max(slots.initial));
}

/// Which functions go where, by their indices, which both parses share.
struct Parts {
    /// What the first half keeps.
    first: BTreeSet<usize>,
    /// The late functions that the first half reaches, in the order of their slots.
    entries: Vec<FunctionId>,
}

impl Parts {
    /// Finds all that is reached without passing through a late function.
    fn of(module: &Module, late: &BTreeSet<usize>) -> Self {
        let mut reached = BTreeSet::new();
        let mut entries = BTreeSet::new();
        let mut next = roots(module);
        while let Some(id) = next.pop() {
            if late.contains(&id.index()) {
                entries.insert(id);
            } else if reached.insert(id.index())
                && let FunctionKind::Local(local) = &module.funcs.get(id).kind
            {
                next.extend(called(local));
            }
        }
        Self {
            first: reached,
            entries: entries.into_iter().collect(),
        }
    }
}

/// What the world outside may call: exports, and whatever stands in a table.
fn roots(module: &Module) -> Vec<FunctionId> {
    let exported = module
        .exports
        .iter()
        .filter_map(|export| match export.item {
            walrus::ExportItem::Function(id) => Some(id),
            _ => None,
        });
    let listed = module
        .elements
        .iter()
        .flat_map(|element| match &element.items {
            ElementItems::Functions(ids) => ids.clone(),
            ElementItems::Expressions(_, values) => {
                let ids = values.iter().filter_map(|value| match value {
                    ConstExpr::RefFunc(id) => Some(*id),
                    _ => None,
                });
                ids.collect()
            }
        });
    exported.chain(listed).chain(module.start).collect()
}

/// The functions that one names.
fn called(function: &LocalFunction) -> Vec<FunctionId> {
    struct Called(Vec<FunctionId>);
    impl<'instr> Visitor<'instr> for Called {
        fn visit_function_id(&mut self, id: &FunctionId) {
            self.0.push(*id);
        }
    }
    let mut all = Called(Vec::new());
    ir::dfs_in_order(&mut all, function, function.entry_block());
    all.0
}

/// By which name a function or global of the first half is exported.
fn name(sort: char, index: usize) -> String {
    format!("{sort}{index:x}")
}

/// The late functions alone; and which functions of the first half they take.
fn second_half(mut module: Module, parts: &Parts, base: u64) -> Result<(Vec<u8>, Vec<usize>)> {
    let table = main_table(&module)?;
    let memory = module.get_memory_id()?;
    for export in module
        .exports
        .iter()
        .map(walrus::Export::id)
        .collect::<Vec<_>>()
    {
        module.exports.delete(export);
    }
    for element in module
        .elements
        .iter()
        .map(walrus::Element::id)
        .collect::<Vec<_>>()
    {
        module.elements.delete(element);
    }
    for data in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(data);
    }
    module.memories.get_mut(memory).data_segments.clear();
    let import = module.imports.add(FIRST, "memory", memory);
    module.memories.get_mut(memory).import = Some(import);
    module.tables.get_mut(table).elem_segments.clear();
    widen(&mut module, table, parts.entries.len());
    let import = module.imports.add(FIRST, "table", table);
    module.tables.get_mut(table).import = Some(import);
    import_globals(&mut module);
    import_functions(&mut module, parts);

    let same: Vec<_> = module.funcs.iter().map(walrus::Function::id).collect();
    let entries = parts.entries.iter().filter_map(|id| same.get(id.index()));
    let entries = entries.copied().collect();
    let offset = ConstExpr::Value(ir::Value::I32(i32::try_from(base)?));
    let kind = ElementKind::Active { table, offset };
    let segment = module.elements.add(kind, ElementItems::Functions(entries));
    module.tables.get_mut(table).elem_segments.insert(segment);
    let (here, _) = module.add_import_global(FIRST, HERE, ValType::I32, true, false);
    let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
    start.func_body().i32_const(1).global_set(here);
    module.start = Some(start.finish(Vec::new(), &mut module.funcs));
    walrus::passes::gc::run(&mut module);
    let taken = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Import(_)));
    let taken = taken.map(|function| function.id().index()).collect();
    Ok((module.emit_wasm(), taken))
}

fn import_globals(module: &mut Module) {
    for id in module
        .globals
        .iter()
        .map(walrus::Global::id)
        .collect::<Vec<_>>()
    {
        let import = module.imports.add(FIRST, &name('g', id.index()), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// Has everything that the first half keeps come from there, imports of its own included.
fn import_functions(module: &mut Module, parts: &Parts) {
    for id in module
        .funcs
        .iter()
        .map(walrus::Function::id)
        .collect::<Vec<_>>()
    {
        if !parts.first.contains(&id.index()) {
            continue;
        }
        let ty = module.funcs.get(id).ty();
        if let Some(old) = module.imports.get_imported_func(id).map(walrus::Import::id) {
            module.imports.delete(old);
        }
        let import = module.imports.add(FIRST, &name('f', id.index()), id);
        module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
}

/// All but the late functions, with stubs in the places of those that are called.
fn first_half(mut module: Module, parts: &Parts, taken: &[usize]) -> Result<Vec<u8>> {
    let table = main_table(&module)?;
    let memory = module.get_memory_id()?;
    let bring = module.imports.iter().find_map(|import| match import.kind {
        walrus::ImportKind::Function(id) if import.name == BRING => Some(id),
        _ => None,
    });
    let bring = bring.context("finding the import that brings the second half")?;
    let globals: Vec<GlobalId> = module.globals.iter().map(walrus::Global::id).collect();
    for id in globals {
        module.exports.add(&name('g', id.index()), id);
    }
    let here = ConstExpr::Value(ir::Value::I32(0));
    let here = module.globals.add_local(ValType::I32, true, false, here);
    module.exports.add(HERE, here);
    module.exports.add("table", table);
    if module.exports.get_exported_memory(memory).is_none() {
        module.exports.add("memory", memory);
    }
    let base = module.tables.get(table).initial;
    for (entry, slot) in parts.entries.iter().zip(base..) {
        let stub = stub(
            &mut module,
            *entry,
            bring,
            here,
            table,
            i32::try_from(slot)?,
        );
        module.funcs.get_mut(*entry).kind = FunctionKind::Local(stub);
    }
    widen(&mut module, table, parts.entries.len());
    let same: Vec<_> = module.funcs.iter().map(walrus::Function::id).collect();
    for index in taken {
        let id = same.get(*index).context("finding a function again")?;
        module.exports.add(&name('f', *index), *id);
    }
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// What stands in the place of a late function: it has that brought once, and calls it.
fn stub(
    module: &mut Module,
    entry: FunctionId,
    bring: FunctionId,
    here: GlobalId,
    table: TableId,
    slot: i32,
) -> LocalFunction {
    let ty = module.funcs.get(entry).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let args: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    body.global_get(here).if_else(
        None,
        |_| {},
        |absent| {
            absent.call(bring);
        },
    );
    for arg in &args {
        body.local_get(*arg);
    }
    body.i32_const(slot).call_indirect(ty, table);
    builder.local_func(args)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `called` is exported and calls `late`, which calls `shared` and `alone`; `called` calls `shared` too.
    fn module() -> Vec<u8> {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        module
            .tables
            .add_local(false, 3, Some(3), walrus::RefType::FUNCREF);
        let ty = module.types.add(&[], &[]);
        let (bring, _) = module.add_import_func("page", BRING, ty);
        let i32 = [ValType::I32];
        let mut add = |name: &str, calls: &[FunctionId], number: i32| {
            let arg = module.locals.add(ValType::I32);
            let mut builder = FunctionBuilder::new(&mut module.types, &i32, &i32);
            builder.name(name.to_owned());
            let mut body = builder.func_body();
            body.local_get(arg);
            for call in calls {
                body.call(*call);
            }
            body.i32_const(number).binop(ir::BinaryOp::I32Add);
            builder.finish(vec![arg], &mut module.funcs)
        };
        let shared = add("shared", &[], 1001);
        let alone = add("alone", &[], 1002);
        let late = add("board::late", &[shared, alone], 1003);
        let called = add("called", &[shared, late], 1004);
        module.exports.add("called", called);
        let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
        start.func_body().call(bring);
        let bringing = start.finish(Vec::new(), &mut module.funcs);
        module.exports.add("bringing", bringing);
        module.emit_wasm()
    }

    /// The numbers that the functions of a module add.
    fn numbers(wasm: &[u8]) -> Vec<i32> {
        struct Numbers(Vec<i32>);
        impl<'instr> Visitor<'instr> for Numbers {
            fn visit_const(&mut self, constant: &ir::Const) {
                if let ir::Value::I32(number @ 1001..=1004) = constant.value {
                    self.0.push(number);
                }
            }
        }
        let module = parse(wasm).expect("a module");
        let mut all = Numbers(Vec::new());
        for (_, function) in module.funcs.iter_local() {
            ir::dfs_in_order(&mut all, function, function.entry_block());
        }
        all.0.sort_unstable();
        all.0
    }

    #[test]
    fn what_only_late_functions_call_goes_with_them_and_all_else_stays() {
        let halves = cut(&module(), |name| name.contains("late")).expect("two halves");
        assert_eq!(numbers(&halves.first), [1001, 1004]);
        assert_eq!(numbers(&halves.late), [1002, 1003]);
    }

    #[test]
    fn the_first_half_exports_all_that_the_second_takes() {
        let halves = cut(&module(), |name| name.contains("late")).expect("two halves");
        let first = parse(&halves.first).expect("a module");
        let given: BTreeSet<_> = first
            .exports
            .iter()
            .map(|export| export.name.clone())
            .collect();
        let late = parse(&halves.late).expect("a module");
        let mut taken = late.imports.iter();
        assert!(taken.all(|import| import.module == FIRST && given.contains(&import.name)));
        assert_eq!(
            late.funcs.iter_local().count(),
            3,
            "late, alone, and the start"
        );
        let slots = main_table(&first).expect("a table");
        assert_eq!(first.tables.get(slots).initial, 4, "one more, for the stub");
    }

    #[test]
    fn a_module_that_cannot_bring_the_second_half_is_refused() {
        let mut module = parse(&module()).expect("a module");
        let import = module.imports.find("page", BRING).expect("the import");
        module.imports.get_mut(import).name = "other".into();
        assert!(cut(&module.emit_wasm(), |name| name.contains("late")).is_err());
    }
}
