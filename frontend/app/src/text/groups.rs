//! 団体登録, and what ties people to the town.

use chrono::NaiveDate;
use contract::{AgeAnswer, EvidenceView, GroupLine};
use domain::eligibility::NextStep;
use domain::group::{GroupDocument, GroupState, Renewal};
use domain::residency::{Finding, Members, Residence, Source};
use domain::town::{GroupRule, TownTie, Validity};

use super::clock;

/// The list's heading, and the header's word.
pub const HEADING: &str = "団体";
/// The list's heading.
pub const OWN: &str = "自分の団体";
/// The way to it from where a day of use lies beyond the registration.
pub const TO_RENEW: &str = "団体のページで更新する";
/// None yet.
pub const NONE: &str = "登録している団体はありません。";
/// What it is good for.
pub const LEAD: &str = "サークルやクラブを登録すると、団体の名前で予約できます。";
/// To the form.
pub const APPLY: &str = "団体登録を申請する";
/// The town has none.
pub const NOT_OFFERED: &str = "この町では、団体登録を受け付けていません。";
/// One's own number.
pub const OWN_NUMBER: &str = "あなたの利用者番号";
/// What it is for.
pub const OWN_NUMBER_MEANS: &str =
    "ほかの団体の予約を担当するときは、この番号を団体の代表者に伝えてください。";
/// Who represents it.
pub const REPRESENTATIVE: &str = "代表者";
/// You do.
pub const REPRESENTED_BY_YOU: &str = "あなた（本人）";
/// 名前.
pub const NAME: &str = "団体の名前";
/// Under it.
pub const NAME_SUPPORT: &str = "許可書に載ります。個人の名前は入れないでください。";
/// フリガナ.
pub const KANA: &str = "団体のフリガナ";
/// 活動内容.
pub const ACTIVITY: &str = "活動の内容";
/// Under it.
pub const ACTIVITY_SUPPORT: &str = "例 剣道の稽古、絵本の読み聞かせ。200文字まで。";
/// 人数.
pub const MEMBERS: &str = "会員の人数";
/// In the town.
pub const MEMBERS_IN_TOWN: &str = "そのうち町内の人数";
/// Under it.
pub const MEMBERS_IN_TOWN_SUPPORT: &str =
    "町内の数え方は、町の決まりによります。職員が名簿で確かめます。";
/// 人.
pub const PEOPLE_UNIT: &str = "人";
/// What comes next.
pub const AFTERWARDS: &str = "申請のあと、規約と名簿を窓口でお見せください。コピーは取らず、見たことと人数だけを記録します。町が確かめて、結果をメールでお知らせします。";
/// Applies.
pub const APPLY_GO: &str = "この内容で申請する";
/// The conditions.
pub const CONDITIONS: &str = "登録の条件";
/// The article.
pub const ARTICLE: &str = "根拠";
/// Waits for consent.
pub const CONSENT_HEADING: &str = "保護者の同意が必要です";
/// What to do.
pub const CONSENT_NEXT: &str =
    "申請はできます。窓口で保護者の同意書を確かめてから、登録になります。";
/// Too young.
pub const CANNOT: &str = "代表者として申請できません";

/// Done: applied.
pub const APPLIED: &str = "申請を受け付けました";
/// What now.
pub const APPLIED_NEXT: &str = "下の「窓口で確かめるもの」をお持ちください。";
/// Done: renewal asked.
pub const RENEWAL_ASKED: &str = "更新の申請を受け付けました";
/// Done: changed.
pub const CHANGED: &str = "変更しました";

/// 状態.
pub const STATE: &str = "状態";
/// 有効期限.
pub const VALIDITY: &str = "有効期限";
/// 町内・町外.
pub const RESIDENCE: &str = "料金の区分";
/// What is missing.
pub const MISSING: &str = "窓口で確かめるもの";
/// Nothing is.
pub const NOTHING_MISSING: &str = "すべて確かめました。町の決定をお待ちください。";
/// 更新.
pub const RENEW: &str = "更新を申請する";
/// What it means.
pub const RENEW_MEANS: &str =
    "規約や名簿をもう一度窓口でお見せください。決まるまで、いまの登録のまま使えます。";
/// Books.
pub const BOOK: &str = "施設をさがして予約する";
/// Who acts for it.
pub const AGENTS: &str = "予約を担当する人";
/// What that is.
pub const AGENTS_MEANS: &str =
    "代表者のほかに、この団体の名前で予約できる人です。利用者番号で加えます。";
/// Nobody.
pub const NO_AGENTS: &str = "代表者だけです。";
/// The field.
pub const NUMBER: &str = "利用者番号";
/// Under it.
pub const NUMBER_SUPPORT: &str = "加える人の「団体」のページにあります（例 0000-0123）。";
/// Adds.
pub const ADD: &str = "この人を加える";
/// Gives up.
pub const LEAVE_HEADING: &str = "登録をやめる";
/// What it means.
pub const LEAVE_MEANS: &str =
    "やめると、この団体の名前では予約できなくなります。いまある予約は残ります。";
/// Does.
pub const LEAVE: &str = "登録をやめる";
/// Does, before it is registered.
pub const WITHDRAW: &str = "申請を取り下げる";
/// 理由.
pub const REASON: &str = "理由";
/// 教示.
pub const APPEAL: &str = "決定に不服があるとき";
/// For whoever only acts for it.
pub const ONLY_AGENT: &str = "内容を変えられるのは代表者です。";

/// On the booking form: for whom.
pub const FOR_WHOM: &str = "だれの予約ですか";
/// For oneself.
pub const FOR_ONESELF: &str = "個人（自分の予約）";
/// For the person at the counter.
pub const FOR_THE_PERSON: &str = "個人（ご本人の予約）";
/// On a reservation.
pub const GROUP: &str = "団体";

/// The counter's page.
pub const COUNTER: &str = "団体登録";
/// What waits.
pub const TO_DECIDE: &str = "決定を待つ団体";
/// Nothing.
pub const NOTHING_TO_DECIDE: &str = "決定を待つ申請はありません。";
/// The search field.
pub const SEARCH: &str = "団体の名前・フリガナ";
/// Looks.
pub const SEARCH_GO: &str = "さがす";
/// What was found.
pub const FOUND: &str = "見つかった団体";
/// Nothing.
pub const NOT_FOUND: &str = "この言葉で見つかる団体はありません。";
/// More.
pub const MORE: &str = "ほかにもあります。名前を続けて入れて、しぼってください。";
/// How to register one.
pub const REGISTER_HOW: &str = "来庁した方の団体は、その方のページから登録します。";
/// 申請日.
pub const SINCE: &str = "申請日";
/// From the person's page.
pub const REGISTER_FOR: &str = "この方を代表者として団体を登録する";
/// Heading there.
pub const GROUPS_OF: &str = "団体";
/// None.
pub const NO_GROUPS: &str = "代表や担当をしている団体はありません。";
/// Papers.
pub const PAPERS: &str = "書類の確認";
/// What that is.
pub const PAPERS_MEANS: &str = "見た書類に印をつけます。コピーや名前は残しません。";
/// None seen.
pub const NO_PAPERS: &str = "まだ何も確かめていません。";
/// The checkboxes.
pub const SEEN_TODAY: &str = "今日確かめた書類";
/// Notes.
pub const NOTE: &str = "確認した内容を記録する";
/// Decides.
pub const DECIDE: &str = "決定";
/// 承認.
pub const APPROVE: &str = "登録を承認する";
/// 更新.
pub const APPROVE_RENEWAL: &str = "更新を承認する";
/// 不承認.
pub const REFUSE: &str = "承認しない";
/// 取消し.
pub const END: &str = "登録を取り消す";
/// Under the reason.
pub const REASON_SUPPORT: &str =
    "代表者へのお知らせに、このまま載ります。審査請求の案内は自動で付きます。";
/// Not theirs to decide.
pub const MANAGER_DECIDES: &str = "決定は、施設管理者が行います。";
/// What stands in the way.
pub const OBSTACLES: &str = "このままでは登録できません";

/// On the person's page: what ties them to the town.
pub const TIES: &str = "町内・町外の確認";
/// Nothing is known.
pub const NO_EVIDENCE: &str = "町内と確かめたものはありません。";
/// A clerk's form.
pub const TIE: &str = "確かめた内容";
/// Under it.
pub const TIE_SUPPORT: &str =
    "社員証や在学証明書などを見て選びます。書類の番号やコピーは残しません。";
/// Notes.
pub const NOTE_TIE: &str = "今日確かめたと記録する";
/// Over differences.
pub const DIFFERENCE: &str = "転出による差額";
/// What that is.
pub const DIFFERENCE_MEANS: &str =
    "予約のあとに町外へ転出した方です。町の決まりにより、差額をいただきます。";

/// 「6人（うち町内4人）」
#[must_use]
pub fn members(members: Members) -> String {
    format!("{}人（うち町内{}人）", members.all, members.in_town)
}

/// Where it stands, in words.
#[must_use]
pub fn state(line: &GroupLine) -> &'static str {
    match &line.state {
        GroupState::Registered {
            renewal: Renewal::Asked { .. },
            ..
        } => "更新の申請中",
        GroupState::Registered { .. } if line.expired => "有効期限切れ",
        state => state.name().label(),
    }
}

/// The tone of that.
#[must_use]
pub const fn tone(line: &GroupLine) -> &'static str {
    match &line.state {
        GroupState::Applied { .. }
        | GroupState::Registered {
            renewal: Renewal::Asked { .. },
            ..
        } => "warning",
        GroupState::Registered { .. } if !line.expired => "success",
        GroupState::Registered { .. } | GroupState::Refused { .. } | GroupState::Ended { .. } => {
            "quiet"
        }
    }
}

/// 「2027年3月31日（水）まで」
#[must_use]
pub fn until(day: NaiveDate) -> String {
    format!("{}まで", clock::full_day(day))
}

/// From when it can be renewed.
#[must_use]
pub fn renewable(line: &GroupLine) -> Option<String> {
    let from = line.renewable_from?;
    Some(if line.can_renew {
        "いま更新を申請できます。".to_owned()
    } else {
        format!("更新は{}から申請できます。", clock::full_day(from))
    })
}

/// Why a decision went against it.
#[must_use]
pub fn reason(state: &GroupState) -> Option<&str> {
    match state {
        GroupState::Refused { reason, .. }
        | GroupState::Ended { reason, .. }
        | GroupState::Registered {
            renewal: Renewal::Refused { reason, .. },
            ..
        } => Some(reason),
        GroupState::Applied { .. } | GroupState::Registered { .. } => None,
    }
}

/// What a registration takes.
#[must_use]
pub fn conditions(rule: &GroupRule) -> Vec<String> {
    let mut all = vec![format!("会員が{}人以上いること", rule.min_members)];
    if let Some(age) = &rule.age {
        if let Some(from) = age.from {
            all.push(format!("代表者は{from}（{}）", age.article));
        }
        if let Some(years) = age.consent_under {
            all.push(format!("代表者が{years}歳未満のときは保護者の同意"));
        }
    }
    all.push(match rule.validity {
        Validity::Years(years) => format!("有効期間は登録の日から{years}年"),
        Validity::FiscalYears(1) => "有効期間は年度の終わり（3月31日）まで".to_owned(),
        Validity::FiscalYears(years) => {
            format!("有効期間は登録の年度を含めて{years}年度（3月31日）まで")
        }
    });
    all
}

/// Why somebody cannot represent a group, and what they can do.
#[must_use]
pub fn cannot(age: &AgeAnswer) -> Option<(String, String)> {
    let AgeAnswer::Refused {
        words,
        article,
        next,
    } = age
    else {
        return None;
    };
    Some((format!("{words}（{article}）。"), next_steps(next)))
}

fn next_steps(next: &[NextStep]) -> String {
    let step = |step: &NextStep| match step {
        NextStep::AskGrownUp => "保護者か、ほかの大人の会員に代表者になってもらってください。",
        NextStep::ShowBirthdate => {
            "マイナンバーカードでログインするか、生年月日のわかる書類を窓口でお見せください。"
        }
        NextStep::FindMembers => "会員がそろってから、もう一度申請してください。",
        _ => "くわしくは窓口におたずねください。",
    };
    next.iter().map(step).collect()
}

/// A paper that is asked for.
#[must_use]
pub fn paper(document: GroupDocument) -> String {
    document.to_string()
}

/// 「名簿　2026年11月21日（土）　職員 佐藤」
#[must_use]
pub fn seen(paper: &contract::SeenPaper) -> String {
    format!(
        "{}（{}、{}）",
        paper.document,
        clock::full_day(paper.on),
        paper.staff.reveal()
    )
}

/// Takes somebody away.
#[must_use]
pub fn remove(number: &str) -> String {
    format!("{number} を外す")
}

/// 町内・町外.
#[must_use]
pub const fn residence(residence: Residence) -> &'static str {
    match residence {
        Residence::InTown => "町内",
        Residence::Outside => "町外",
    }
}

/// As what a group counts, and by what.
#[must_use]
pub fn group_residence(residence_of: Residence) -> String {
    format!("{}（会員の人数による）", residence(residence_of))
}

/// What ties somebody to the town.
#[must_use]
pub const fn tie(tie: TownTie) -> &'static str {
    match tie {
        TownTie::Lives => "在住",
        TownTie::Works => "在勤（町内で働いている）",
        TownTie::Studies => "在学（町内の学校に通っている）",
    }
}

const fn short(tie: TownTie) -> &'static str {
    match tie {
        TownTie::Lives => "在住",
        TownTie::Works => "在勤",
        TownTie::Studies => "在学",
    }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::Card => "カードの住所",
        Source::SeenAtCounter => "窓口で書類を確認",
    }
}

/// 「町内（在勤、窓口で書類を確認 2026年11月21日（土）、2027年11月20日（土）まで）」
#[must_use]
pub fn finding(found: &Finding) -> String {
    let word = residence(found.residence);
    let Some(because) = found.because else {
        return word.to_owned();
    };
    let day = clock::full_day(because.on);
    let until = found.until.map_or_else(String::new, |until| {
        format!("、{}まで", clock::full_day(until))
    });
    format!(
        "{word}（{}：{} {day}{until}）",
        short(because.tie),
        source(because.source)
    )
}

/// One piece of evidence, in a list.
#[must_use]
pub fn evidence(one: &EvidenceView) -> String {
    let seen = clock::full_day(one.seen_on);
    let (tie, source) = (short(one.tie), source(one.source));
    match one.ended_on {
        None => format!("{tie}：{source} {seen}"),
        Some(ended) => format!("{tie}：{source} {seen}（{}に終了）", clock::full_day(ended)),
    }
}

/// Ends it.
#[must_use]
pub fn end_tie(tie: TownTie) -> String {
    format!("{}の確認を終える", short(tie))
}
