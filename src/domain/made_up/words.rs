//! Words of a town that does not exist, in which nothing that anybody told is repeated.

pub const PLACES: &[&str] = &[
    "the ferry landing",
    "Mill Lane",
    "the clinic on the hill",
    "the night market",
    "the old weir",
    "Tanner's Row",
    "the school by the canal",
    "the bus yard",
    "the lower town",
    "the library",
    "the hostel at the gate",
    "the allotments",
    "the swimming baths",
    "the registry office",
    "Lantern Street",
];
pub const THINGS: &[&str] = &[
    "Light the way to",
    "Run a late bus to",
    "Put benches along the path to",
    "Open the doors earlier at",
    "Write in plain words at",
    "Ask before changing the hours of",
    "Make room for wheelchairs at",
    "Keep a quiet hour at",
    "Train the people at the desk of",
    "Say who decides about",
    "Mend the ramp at",
    "Put up a clear map of",
    "Pay the fares of those who come to",
    "Keep an interpreter at",
];
pub const BODIES: &[&str] = &[
    "Wennbridge Town Council",
    "Wenn Valley Buses",
    "The Three Bridges Trust",
    "Riverside Health Board",
    "The Ferry Company",
    "Wennbridge Schools Together",
    "The Lower Town Housing Office",
    "The Lantern Fund",
    "Department for Towns & Ways",
    "The Mill Lane Practice",
    "Wenn Valley Police",
    "The Library Service",
];
pub const WHY: &[&str] = &[
    "The money that was set aside for this year went to repairs after the flood, and nothing was left for this.",
    "The person who led this work has left, and nobody has taken it over yet.",
    "We found that the law asks for a public notice first, which takes at least eight weeks.",
    "The landlord has to agree before anything can be built there, and he has not answered our two letters.",
    "Half of the streets can be done with what we have; for the others we need the county's agreement.",
    "We were too slow. The paper lay on a desk for two months, and that is our own fault.",
    "The company that was to do the work asked for twice what it had said, so we asked three others.",
    "People told us different things about when it is needed most, so we want to count for a month first.",
];
pub const TRIED: &[&str] = &[
    "We asked two funds and one neighbouring town.",
    "We wrote to the landlord twice and rang him once.",
    "We asked the staff to share the work for a while.",
    "We held two open evenings in the hall.",
    "We looked at a cheaper way with lamps that run on sunlight.",
];
pub const WHO: &[&str] = &[
    "Head of streets",
    "Cabinet member for transport",
    "Practice manager",
    "The board of the trust",
    "Head of services",
    "The night manager",
];
pub const UNBLOCK: &[&str] = &[
    "The county decides in the summer.",
    "A new person begins in the autumn.",
    "An answer from the landlord.",
    "A third fund, which meets every quarter.",
    "Twenty people who will come and try it out.",
];
pub const CHANGED: &[&str] = &[
    "Eight lamps now light the path, and they stay on until two in the morning.",
    "A bus runs at ten and at eleven at night on every working day, with the usual ticket.",
    "The letters were written anew with five readers, and the first of them went out in March.",
    "The desk opens at seven on two days a week, and someone who speaks three languages is there.",
    "The ramp was mended and made wider, and a rail was put on both sides.",
];
pub const NOTICED: &[&str] = &[
    "Whoever walks home late",
    "People with wheels of any kind",
    "Parents in the morning",
    "Everybody who gets a letter",
];
pub const PROMISED: &[&str] = &[
    "We will put up the first lamps on the path",
    "We will show a plan with costs to everybody who asks",
    "We will try it out for one month",
    "We will ask the landlord again and say what he answered",
    "We will have the letter read by people who get it",
    "We will count who comes and publish the numbers",
];
pub const NOTES: &[&str] = &[
    "We walked the way together with four people who use it at night and wrote down what they said.",
    "The paper was on the table of the committee, which put it off to the next meeting.",
    "Somebody asked in the hall how far this is. We said what stands here and nothing more.",
    "The measurements were made on a wet Tuesday; a dry day will follow.",
    "We met the company on site. They want to see the drains before they give a price.",
    "Two more neighbours have asked to be told, and were put on the list.",
];
pub const REASONS: &[&str] = &[
    "money",
    "staff_time",
    "logistics",
    "leadership_change",
    "law_or_policy",
    "another_body_decides",
    "waiting_for_partner",
    "more_evidence_needed",
    "our_own_delay",
];
pub const NAMES: &[&str] = &[
    "Ada", "Amara", "Bryn", "Carys", "Dilys", "Efa", "Farah", "Grace", "Hamid", "Ibrahim", "Ines", "José",
    "Kit", "Lowri", "Łukasz", "Mei", "Noor", "Owain", "Priya", "Ravi", "Sam", "Tariq", "Una", "Wen", "Yusuf",
    "Zoë",
];
pub const STREETS: &[&str] =
    &["Mill Lane", "Tanner's Row", "Lantern Street", "Weir Street", "Ropewalk", "Station Road"];
pub const TOLD: &[&str] = &[
    "Tells of a long evening at",
    "Counts the steps on the way to",
    "Waited twice, and was sent away both times, at",
    "Found somebody who listened at",
    "Brings a neighbour along to",
    "Stays away after dark from",
    "Works nights, and sleeps when the doors are open at",
    "Was asked the same questions four times at",
];
pub const SUPPORTS: &[&str] = &[
    "Tells why it is needed",
    "Shows what the lack of it costs",
    "Says what helped elsewhere",
    "Asked for just this",
];
pub const QUALIFIES: &[&str] = &[
    "Would need it only if it is kept up",
    "Fears that it draws more traffic",
    "Says that another thing comes first",
];
pub const THEMES: &[(&str, &str)] = &[
    ("After dark", "Evenings and nights, when there are the fewest ways to get about"),
    ("Being told", "Letters, notices and desks: who says what, and in which words"),
    ("Getting in", "Steps, doors, hours and forms"),
    ("Being asked", "Who is heard before something changes"),
];
