//! What every [`EventStore`] keeps to.

use crate::event_store::EventStore;

mod beside;
mod erasing;
mod log;
mod memory_of_commands;
mod paging;
mod reopened;

/// Everything but what needs a disk; `make` gives an empty store each time.
pub async fn all<S: EventStore>(make: impl AsyncFn() -> S) {
    log::an_empty_stream_has_the_empty_head(&make().await).await;
    log::what_is_appended_is_read_back_unchanged(&make().await).await;
    log::seqs_are_dense_in_each_stream(&make().await).await;
    log::lo1_a_conflict_changes_nothing(&make().await).await;
    log::lo1_parts_are_written_whole_or_not_at_all(&make().await).await;
    log::one_append_may_continue_a_stream_twice(&make().await).await;
    log::streams_come_in_the_order_of_their_first_appends(&make().await).await;
    paging::pages_go_forwards(&make().await).await;
    paging::pages_go_backwards(&make().await).await;
    memory_of_commands::lo5_an_accepted_command_is_recalled(&make().await).await;
    memory_of_commands::lo5_a_refused_append_leaves_no_trace(&make().await).await;
    memory_of_commands::lo5_a_command_is_remembered_once(&make().await).await;
    beside::a_partial_is_seen_at_once_and_replaced(&make().await).await;
    beside::lo1_the_durable_event_takes_the_partial(&make().await).await;
    beside::a_refused_append_settles_nothing(&make().await).await;
    beside::a_snapshot_replaces_the_older(&make().await).await;
    beside::wi9_a_layout_replaces_the_older_of_its_person(&make().await).await;
    beside::blobs_are_kept_by_their_hash(&make().await).await;
    erasing::lo11_an_erased_body_goes_and_the_chain_still_proves(&make().await).await;
    erasing::lo11_what_lay_beside_an_erased_body_goes_too(&make().await).await;
    erasing::lo1_a_refused_erasure_erases_nothing(&make().await).await;
    erasing::lo11_an_erased_stream_leaves_nothing_but_what_says_so(&make().await).await;
    erasing::lo6_signed_heads_are_kept(&make().await).await;
    beside::gr2_only_the_streams_that_name_a_blob_refer_to_it(&make().await).await;
}

/// What outlives a close. `open` opens the same store each time; the one before was dropped.
pub async fn durable<S: EventStore>(open: impl AsyncFn() -> S) {
    reopened::fill(open().await).await;
    reopened::lo1_lo5_everything_is_there(open().await).await;
}
